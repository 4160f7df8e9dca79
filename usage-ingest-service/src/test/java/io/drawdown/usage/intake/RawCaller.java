package io.drawdown.usage.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Sends requests by hand: as slowly as it likes, and not to their end. */
final class RawCaller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    /** Small, so that the caller notices when nobody reads. */
    private static final int SEND_BUFFER_BYTES = 16 * 1024;

    private final Socket connection;

    RawCaller(int port) throws IOException {
        connection = new Socket();
        connection.setSendBufferSize(SEND_BUFFER_BYTES);
        connection.setSoTimeout(PATIENCE_MILLIS);
        connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** @param headers each with its line's end */
    void head(String contentType, String headers) throws IOException {
        send("POST /v1/events HTTP/1.1\r\nHost: lab\r\nAuthorization: Bearer ingest-key\r\nContent-Type: " + contentType
                + "\r\n" + headers + "\r\n");
    }

    /** The head of a stream, of which this is the connection's last request. */
    void streamHead() throws IOException {
        head("application/x-ndjson", "Transfer-Encoding: chunked\r\nConnection: close\r\n");
    }

    void send(String bytes) throws IOException {
        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void chunk(String bytes) throws IOException {
        send(Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n");
    }

    void lastChunk() throws IOException {
        send("0\r\n\r\n");
    }

    /** False from some time on after the server has ended the connection. */
    boolean canSend(String bytes) throws IOException {
        try {
            send(bytes);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    boolean isAnswered() throws IOException {
        return connection.getInputStream().available() > 0;
    }

    /** All that comes until the server ends the connection. What was sent too late for it may reset it then. */
    String answer() throws IOException {
        var answer = new ByteArrayOutputStream();
        try {
            connection.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            if (answer.size() == 0) {
                throw e;
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
