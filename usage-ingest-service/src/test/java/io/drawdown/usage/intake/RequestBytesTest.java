package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class RequestBytesTest {

    static final byte[] FIRST = "first line\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] NAMED = "named line\n".getBytes(StandardCharsets.UTF_8);
    static final byte[] LAST = "last line\n".getBytes(StandardCharsets.UTF_8);

    static final BodyWait WAIT = new BodyWait(Duration.ofSeconds(20), Duration.ofSeconds(20));

    static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    /** The network is not asked for more than a few buffers ahead of what was read, however long the body is. */
    @Test
    void asksForNoMoreThanIsRead() throws IOException {
        var produced = new AtomicInteger();
        var endless = Flux.<DataBuffer>generate(sink -> {
            produced.incrementAndGet();
            sink.next(BUFFERS.wrap(new byte[1_000]));
        });

        try (var body = RequestBytes.open(new HttpHeaders(), endless, WAIT)) {
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

        try (var expanded = RequestBytes.open(gzipped(), body, WAIT)) {
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
            try (var expanded = RequestBytes.open(gzipped(), body, WAIT)) {
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

        try (var expanded = RequestBytes.open(gzipped(), one(many), WAIT)) {
            assertThat(expanded.readAllBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refusesWhatIsNoWholeMemberBehindOne(String what, byte[] tail) throws IOException {
        var members = concat(gzip(FIRST), tail);

        for (int size = 1; size <= members.length; size++) {
            var body = Flux.fromArray(slices(members, size)).map(slice -> (DataBuffer) BUFFERS.wrap(slice));
            try (var expanded = RequestBytes.open(gzipped(), body, WAIT)) {
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
        assertThatThrownBy(() -> RequestBytes.open(gzipped(), one("no gzip".getBytes(StandardCharsets.UTF_8)), WAIT))
                .isInstanceOfSatisfying(
                        UnreadableRequest.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(400));
        var cut = Arrays.copyOf(gzip(new byte[10_000]), 20);
        try (var body = RequestBytes.open(gzipped(), one(cut), WAIT)) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageContaining("no whole gzip stream");
        }
        var headers = new HttpHeaders();
        headers.set("Content-Encoding", "br");
        assertThatThrownBy(() -> RequestBytes.open(headers, one(new byte[1]), WAIT))
                .isInstanceOfSatisfying(
                        UnreadableRequest.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(415));
    }

    /** As a connection does that is gone, or a chunk whose length is none. */
    @Test
    void tellsABodyThatBreaksOffFromAFaultOfOurs() throws IOException {
        var brokenOff = one(new byte[10]).concatWith(Flux.error(new IllegalStateException("connection reset")));

        try (var body = RequestBytes.open(new HttpHeaders(), brokenOff, WAIT)) {
            assertThat(body.readNBytes(10)).hasSize(10);
            assertThatThrownBy(body::read)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageContaining("The body breaks off: connection reset");
        }
    }

    /** Of the two limits the shorter; either is also that of a header of gzip, for which opening waits. */
    @Test
    void givesUpABodyThatDoesNotCome() throws IOException {
        var pausing = new BodyWait(Duration.ofMillis(10), Duration.ofHours(1));
        var inAll = new BodyWait(Duration.ofHours(1), Duration.ofMillis(10));
        for (var wait : List.of(pausing, inAll)) {
            var isAsked = new AtomicBoolean(true);
            var stalled = one(new byte[10]).concatWith(Flux.never()).doOnCancel(() -> isAsked.set(false));

            try (var body = RequestBytes.open(new HttpHeaders(), stalled, wait)) {
                assertThat(body.readNBytes(10)).hasSize(10);
                assertThatThrownBy(body::read)
                        .isInstanceOfSatisfying(
                                UnreadableRequest.class,
                                refusal -> assertThat(refusal.isTooSlow()).isTrue());
            }
            assertThat(isAsked).isFalse();
            isAsked.set(true);
            var header = one(new byte[] {0x1f}).concatWith(Flux.never()).doOnCancel(() -> isAsked.set(false));
            assertThatThrownBy(() -> RequestBytes.open(gzipped(), header, wait)).isInstanceOf(UnreadableRequest.class);
            assertThat(isAsked).isFalse();
        }
    }

    /** Each pause is short enough; together they are not, be they ever so many. */
    @Test
    void addsUpPauses() throws IOException {
        var wait = new BodyWait(Duration.ofSeconds(20), Duration.ofMillis(200));

        try (var body = RequestBytes.open(new HttpHeaders(), trickle(), wait)) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageStartingWith("The body has not come to its end after 200 ms of waiting");
        }
    }

    /** As the name of a file that never ends, in a header of gzip. */
    @Test
    void isNotKeptWaitingByWhatHoldsNothing() throws IOException {
        var wait = BodyWait.endless(Duration.ofMillis(200));
        byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        var endless = one(gzip(FIRST)).concatWith(one(header)).concatWith(trickle());

        try (var body = RequestBytes.open(gzipped(), endless, wait)) {
            assertThat(body.readNBytes(FIRST.length)).isEqualTo(FIRST);
            assertThatThrownBy(body::read)
                    .isInstanceOf(UnreadableRequest.class)
                    .hasMessageStartingWith("Nothing of the body that can be read came for 200 ms");
        }
    }

    static Flux<DataBuffer> trickle() {
        return Flux.interval(Duration.ofMillis(10)).onBackpressureBuffer().map(_ -> BUFFERS.wrap(new byte[] {'x'}));
    }

    /** What came while nobody read is there at once, however little time is left. */
    @Test
    void countsNoTimeInWhichNobodyReads() throws IOException {
        var noTime = new BodyWait(Duration.ofNanos(1), Duration.ofNanos(1));
        var whole = Flux.range(0, 100).map(_ -> (DataBuffer) BUFFERS.wrap(new byte[1_000]));

        try (var body = RequestBytes.open(new HttpHeaders(), whole, noTime)) {
            assertThat(body.readAllBytes()).hasSize(100_000);
        }
    }

    /** Read or not, every buffer of the network goes back to it. */
    @Test
    void releasesWhatCame() throws IOException {
        var netty = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
        var buffers = IntStream.range(0, 4)
                .mapToObj(_ -> netty.wrap(Unpooled.copiedBuffer(new byte[10])))
                .toList();
        var late = Sinks.many().unicast().<DataBuffer>onBackpressureBuffer();

        try (var body = RequestBytes.open(new HttpHeaders(), late.asFlux(), WAIT)) {
            buffers.forEach(late::tryEmitNext);
            assertThat(body.readNBytes(15)).hasSize(15);
        }

        assertThat(buffers).noneMatch(NettyDataBuffer::isAllocated);
    }

    static InputStream open(String text) throws IOException {
        return RequestBytes.open(gzipped(), one(gzip(text.getBytes(StandardCharsets.UTF_8))), WAIT);
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
