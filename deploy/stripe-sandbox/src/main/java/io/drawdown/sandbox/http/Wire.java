package io.drawdown.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as they come in over one connection, read against a deadline. */
final class Wire {

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int end;
    private long deadlineNanos;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** From now on reading fails with a {@link SocketTimeoutException} when this much time has passed. */
    void allow(long millis) {
        deadlineNanos = System.nanoTime() + millis * 1_000_000;
    }

    /** Waits for bytes; false when the client has closed. */
    boolean hasMore() throws IOException {
        if (position < end) {
            return true;
        }
        long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        end = in.read(buffer, 0, buffer.length);
        position = 0;
        return end > 0;
    }

    /**
     * The next line without its end, one character per byte.
     *
     * @return null when the client has closed before the line's end
     * @throws Refusal with that status when it is longer than the limit
     */
    @Nullable
    String line(int limit, int statusWhenLonger) throws IOException, Refusal {
        var line = new StringBuilder();
        while (hasMore()) {
            int stop = endOfLine();
            line.append(new String(buffer, position, stop - position, StandardCharsets.ISO_8859_1));
            if (line.length() > limit) {
                throw new Refusal(statusWhenLonger, "A line of the request's head exceeds " + limit + " bytes.");
            }
            position = stop;
            if (stop < end) {
                position++;
                return withoutReturn(line);
            }
        }
        return null;
    }

    private int endOfLine() {
        int stop = position;
        while (stop < end && buffer[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private static String withoutReturn(StringBuilder line) {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    /** Reads up to so many bytes into the target; returns fewer only when the client has closed. */
    int read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && hasMore()) {
            int count = Math.min(length - done, end - position);
            System.arraycopy(buffer, position, target, offset + done, count);
            position += count;
            done += count;
        }
        return done;
    }

    /** Throws away what still comes, so that the client gets to read its answer before the connection goes. */
    void drain(long limit) throws IOException {
        for (long dropped = 0; dropped < limit && hasMore(); dropped += end - position) {
            position = end;
        }
    }
}
