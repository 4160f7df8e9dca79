package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;

class RequestBytesTest {

    static final byte[] FIRST = "first line\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] NAMED = "named line\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] LAST = "last line\n".getBytes(StandardCharsets.UTF_8);

    static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    /** The network is not asked for more than a few buffers ahead of what was read, however long the body is. */
    @Test
    void asksForNoMoreThanIsRead() throws IOException {
        var produced = new AtomicInteger();
        var endless = Flux.<DataBuffer>generate(sink -> {
            produced.incrementAndGet();
            sink.next(BUFFERS.wrap(new byte[1_000]));
        });

        try (var body = RequestBytes.open(new HttpHeaders(), endless)) {
            for (int read = 1; read <= 1_000; read++) {
                assertThat(body.readNBytes(1_000)).hasSize(1_000);
                assertThat(produced.get()).isLessThanOrEqualTo(read + 8);
            }
        }
    }

    /** A body that would expand a thousandfold is expanded as far as it is read. */
    @Test
    void expandsNoMoreThanIsRead() throws IOException {
        var bomb = gzip(new byte[50_000_000]);
        var produced = new AtomicInteger();
        var body = Flux.fromStream(Arrays.stream(slices(bomb, 512)).map(slice -> {
            produced.incrementAndGet();
            return (DataBuffer) BUFFERS.wrap(slice);
        }));

        try (var expanded = RequestBytes.open(gzipped(), body)) {
            assertThatThrownBy(() -> RequestBytes.all(expanded, 1_000_000))
                    .isInstanceOfSatisfying(
                            UnreadableRequest.class,
                            refusal -> assertThat(refusal.status().value()).isEqualTo(413));
        }
        assertThat(produced.get()).isLessThan(bomb.length / 512 / 2);
    }

    @Test
    void expandsGzip() throws IOException {
        try (var body = open("hello")) {
            assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        }
    }

    /** As of files that were appended to one another; wherever the network cuts them. */
    @Test
    void expandsSeveralMembers() throws IOException {
        var members = concat(gzip(FIRST), gzip(new byte[0]), named(), gzip(LAST));

        for (int size = 1; size <= members.length; size++) {
            var body = Flux.fromArray(slices(members, size)).map(slice -> (DataBuffer) BUFFERS.wrap(slice));
            try (var expanded = RequestBytes.open(gzipped(), body)) {
                assertThat(expanded.readAllBytes()).as("in slices of " + size).isEqualTo(concat(FIRST, NAMED, LAST));
            }
        }
    }

    /** Each holds nothing, so that no limit of the expanded body meets them. */
    @Test
    void takesNoMoreMemoryForManyMembers() throws IOException {
        var empty = gzip(new byte[0]);
        var many = new byte[100_000 * empty.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = empty[i % empty.length];
        }

        try (var expanded = RequestBytes.open(gzipped(), one(many))) {
            assertThat(expanded.readAllBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refusesWhatIsNoWholeMemberBehindOne(String what, byte[] tail) throws IOException {
        var members = concat(gzip(FIRST), tail);

        for (int size = 1; size <= members.length; size++) {
            var body = Flux.fromArray(slices(members, size)).map(slice -> (DataBuffer) BUFFERS.wrap(slice));
            try (var expanded = RequestBytes.open(gzipped(), body)) {
                assertThatThrownBy(expanded::readAllBytes)
                        .as(what + " in slices of " + size)
                        .isInstanceOfSatisfying(
                                UnreadableRequest.class,
                                refusal -> assertThat(refusal.status().value()).isEqualTo(400))
                        .hasMessageContaining("no whole gzip stream");
            }
        }
    }

    static List<Arguments> damaged() throws IOException {
        var second = gzip(LAST);
        return List.of(
                Arguments.of("one byte", new byte[1]),
                Arguments.of(
                        "plain lines", "{\"id\":\"evt-2\"}\n{\"id\":\"evt-3\"}\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a damaged magic number", changed(second, 1)),
                Arguments.of("a damaged method", changed(second, 2)),
                Arguments.of("a reserved flag", changed(second, 3)),
                Arguments.of("a damaged checksum", changed(second, second.length - 8)),
                Arguments.of("a damaged length", changed(second, second.length - 1)),
                Arguments.of("a damaged header checksum", changed(named(), 19)),
                Arguments.of("a header that breaks off", Arrays.copyOf(second, 9)),
                Arguments.of("a member that breaks off", Arrays.copyOf(second, second.length - 9)),
                Arguments.of("a trailer that breaks off", Arrays.copyOf(second, second.length - 1)));
    }

    /** As gzip itself writes it, with all that a header can have. */
    static byte[] named() throws IOException {
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3, 2, 0, 7, 7, 'f', 0, 'c', 0};
        var sum = new CRC32();
        sum.update(header);
        var checksum = new byte[] {(byte) sum.getValue(), (byte) (sum.getValue() >>> 8)};
        var plain = gzip(NAMED);
        return concat(header, checksum, Arrays.copyOfRange(plain, 10, plain.length));
    }

    static byte[] changed(byte[] bytes, int at) {
        var changed = bytes.clone();
        changed[at] ^= (byte) 0x80;
        return changed;
    }

    static byte[] concat(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    @Test
    void tellsABrokenGzipFromAnUnknownEncoding() throws IOException {
        assertThatThrownBy(() -> RequestBytes.open(gzipped(), one("no gzip".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        UnreadableRequest.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(400));
        var cut = Arrays.copyOf(gzip(new byte[10_000]), 20);
        try (var body = RequestBytes.open(gzipped(), one(cut))) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageContaining("no whole gzip stream");
        }
        var headers = new HttpHeaders();
        headers.set("Content-Encoding", "br");
        assertThatThrownBy(() -> RequestBytes.open(headers, one(new byte[1])))
                .isInstanceOfSatisfying(
                        UnreadableRequest.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(415));
    }

    /** As a connection does that is gone, or a chunk whose length is none. */
    @Test
    void tellsABodyThatBreaksOffFromAFaultOfOurs() throws IOException {
        var brokenOff = one(new byte[10]).concatWith(Flux.error(new IllegalStateException("connection reset")));

        try (var body = RequestBytes.open(new HttpHeaders(), brokenOff)) {
            assertThat(body.readNBytes(10)).hasSize(10);
            assertThatThrownBy(body::read)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageContaining("The body breaks off: connection reset");
        }
    }

    static InputStream open(String text) throws IOException {
        return RequestBytes.open(gzipped(), one(gzip(text.getBytes(StandardCharsets.UTF_8))));
    }

    static Flux<DataBuffer> one(byte[] bytes) {
        return Flux.just(BUFFERS.wrap(bytes));
    }

    static HttpHeaders gzipped() {
        var headers = new HttpHeaders();
        headers.set("Content-Encoding", "gzip");
        return headers;
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[][] slices(byte[] bytes, int size) {
        var slices = new byte[(bytes.length + size - 1) / size][];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size));
        }
        return slices;
    }
}
