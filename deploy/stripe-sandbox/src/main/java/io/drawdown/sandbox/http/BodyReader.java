package io.drawdown.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads bodies of known length and chunked ones, up to a limit. */
final class BodyReader {

    /** The headers that say where a request ends. */
    static final Set<String> DELIMITING = Set.of("content-length", "transfer-encoding");

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_CHUNK_LINE = 1024;
    private static final int MAX_TRAILERS = 100;

    private final Wire wire;
    private final OutputStream out;
    private final int limit;

    BodyReader(Wire wire, OutputStream out, int limit) {
        this.wire = wire;
        this.out = out;
        this.limit = limit;
    }

    byte[] read(Map<String, String> headers) throws IOException, Refusal {
        var encoding = headers.get("transfer-encoding");
        var length = headers.get("content-length");
        if (encoding == null && length == null) {
            return new byte[0];
        }
        if (encoding != null && length != null) {
            throw Refusal.malformed("Both Content-Length and Transfer-Encoding are given.");
        }
        return encoding == null ? whole(String.valueOf(length), headers) : chunked(encoding, headers);
    }

    private byte[] whole(String given, Map<String, String> headers) throws IOException, Refusal {
        if (!given.matches("[0-9]{1,18}")) {
            throw Refusal.malformed("Invalid Content-Length.");
        }
        long length = Long.parseLong(given);
        refuseBeyondLimit(length);
        invite(headers);
        return exactly((int) length);
    }

    private byte[] chunked(String encoding, Map<String, String> headers) throws IOException, Refusal {
        if (!encoding.equalsIgnoreCase("chunked")) {
            throw new Refusal(501, "Transfer-Encoding is chunked or absent.");
        }
        invite(headers);
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            refuseBeyondLimit(body.size() + (long) size);
            body.writeBytes(exactly(size));
            expectEmptyLine();
        }
        skipTrailers();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException, Refusal {
        var size = line().split(";", -1)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,7}")) {
            throw Refusal.malformed("Invalid chunk size.");
        }
        return Integer.parseInt(size, 16);
    }

    private void expectEmptyLine() throws IOException, Refusal {
        if (!line().isEmpty()) {
            throw Refusal.malformed("A chunk is longer than it says.");
        }
    }

    private void skipTrailers() throws IOException, Refusal {
        for (int i = 0; !line().isEmpty(); i++) {
            if (i == MAX_TRAILERS) {
                throw Refusal.malformed("Too many trailers.");
            }
        }
    }

    private String line() throws IOException, Refusal {
        var line = wire.line(MAX_CHUNK_LINE, 400);
        if (line == null) {
            throw endedEarly();
        }
        return line;
    }

    private byte[] exactly(int length) throws IOException, Refusal {
        var bytes = new byte[length];
        if (wire.read(bytes, 0, length) < length) {
            throw endedEarly();
        }
        return bytes;
    }

    private void refuseBeyondLimit(long length) throws Refusal {
        if (length > limit) {
            throw new Refusal(413, "The request body exceeds " + limit + " bytes.");
        }
    }

    private static Refusal endedEarly() {
        return Refusal.malformed("The request ended before its body did.");
    }

    /** A client that asks first waits for this before it sends its body. */
    private void invite(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("expect", "").toLowerCase(Locale.ROOT).equals("100-continue")) {
            out.write(CONTINUE);
        }
    }
}
