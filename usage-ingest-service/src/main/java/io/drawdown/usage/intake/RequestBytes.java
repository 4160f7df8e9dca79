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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The body of a request as it is needed: the network is asked for more only when what came has been read, and a
 * compressed body is expanded no further than it is read, whatever it would expand to.
 */
final class RequestBytes {

    private RequestBytes() {}

    /**
     * Opens it.
     *
     * @param wait how long its caller may keep whoever reads it waiting
     * @throws UnreadableRequest 415 for a content encoding other than gzip; 400 when reading shows that it is none, or that
     *     the body breaks off; 408 when it does not come
     */
    static InputStream open(HttpHeaders headers, Publisher<DataBuffer> body, BodyWait wait) throws IOException {
        var encoding = encoding(headers.getFirst(HttpHeaders.CONTENT_ENCODING));
        return switch (encoding) {
            case "identity" -> new Readable(new ReceivedBody(body, wait));
            case "gzip", "x-gzip" -> Readable.expanded(new ReceivedBody(body, wait));
            default ->
                throw new UnreadableRequest(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unknown-encoding",
                        "Content-Encoding is " + encoding + ": send the body compressed by gzip, or as it is");
        };
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

    /**
     * What there is to read. Nothing else ends a pause of the caller: the name in a header of gzip can have a byte now
     * and then for ever. Tells a body that is no gzip from a connection that broke.
     */
    private static final class Readable extends FilterInputStream {

        private final ReceivedBody received;

        private Readable(ReceivedBody received) {
            this(received, received);
        }

        private Readable(InputStream bytes, ReceivedBody received) {
            super(bytes);
            this.received = received;
        }

        private static Readable expanded(ReceivedBody received) throws IOException {
            try {
                return new Readable(new GzipMembers(received), received);
            } catch (ZipException | EOFException e) {
                received.close();
                throw noGzip(e);
            } catch (UnreadableRequest | IntakeUnavailable e) {
                received.close();
                throw e;
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
                int read = super.read(buffer, offset, length);
                received.endPause();
                return read;
            } catch (ZipException | EOFException e) {
                throw noGzip(e);
            }
        }

        private static UnreadableRequest noGzip(IOException e) {
            return UnreadableRequest.broken(
                    "The body is no whole gzip stream, as Content-Encoding says: " + e.getMessage());
        }
    }
}
