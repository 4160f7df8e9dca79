package io.drawdown.usage.intake;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;

/**
 * The body of a request as it is needed: the network is asked for more only when what came has been read, and a
 * compressed body is expanded no further than it is read, whatever it would expand to.
 */
final class RequestBytes {

    /** Buffers of the network that may wait to be read. */
    private static final int BUFFERS_AHEAD = 4;

    private RequestBytes() {}

    /**
     * Opens it.
     *
     * @throws UnreadableRequest 415 for a content encoding other than gzip; 400 when reading shows that it is none, or that
     *     the body breaks off
     */
    static InputStream open(HttpHeaders headers, Publisher<DataBuffer> body) throws IOException {
        var encoding = encoding(headers.getFirst(HttpHeaders.CONTENT_ENCODING));
        return switch (encoding) {
            case "identity" -> received(body);
            case "gzip", "x-gzip" -> new Expanded(received(body));
            default ->
                throw new UnreadableRequest(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unknown-encoding",
                        "Content-Encoding is " + encoding + ": send the body compressed by gzip, or as it is");
        };
    }

    /** Whatever breaks it off, the caller did: a chunk that is none, or a connection that is gone. */
    private static InputStream received(Publisher<DataBuffer> body) {
        var received = Flux.from(body).onErrorMap(e -> broken("The body breaks off: " + e.getMessage()));
        return DataBufferUtils.subscriberInputStream(received, BUFFERS_AHEAD);
    }

    private static UnreadableRequest broken(String what) {
        return new UnreadableRequest(
                HttpStatus.BAD_REQUEST, "unreadable-body", what + ". Nothing of it was stored: send it again");
    }

    /** @throws UnreadableRequest 413 when there are more bytes than that */
    static byte[] all(InputStream body, int bytesMax) throws IOException {
        var bytes = body.readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw new UnreadableRequest(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "body-too-large",
                    "The body has more than " + bytesMax
                            + " bytes, uncompressed: nothing of it was stored; send it in parts, or as"
                            + " application/x-ndjson, whose length has no limit");
        }
        return bytes;
    }

    private static String encoding(@Nullable String header) {
        return header == null ? "identity" : header.strip().toLowerCase(Locale.ROOT);
    }

    /** Tells a body that is no gzip from a connection that broke. */
    private static final class Expanded extends FilterInputStream {

        private Expanded(InputStream compressed) throws IOException {
            super(opened(compressed));
        }

        private static InputStream opened(InputStream compressed) throws IOException {
            try {
                return new GzipMembers(compressed);
            } catch (ZipException | EOFException e) {
                compressed.close();
                throw noGzip(e);
            }
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (ZipException | EOFException e) {
                throw noGzip(e);
            }
        }

        private static UnreadableRequest noGzip(IOException e) {
            return broken("The body is no whole gzip stream, as Content-Encoding says: " + e.getMessage());
        }
    }
}
