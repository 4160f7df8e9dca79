package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.server.reactive.HttpHandler;

/** Callers that take their time, and many at once. */
@UsageServiceTest
class SlowCallersIT {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration BEAT = Duration.ofMillis(100);

    /** Events of more than ten megabytes, which is what the sockets of both ends may grow to keep. */
    static final int MORE_THAN_BUFFERS_HOLD = 80_000;

    @Autowired
    UsageLab lab;

    @Autowired
    IntakeProperties limits;

    @Autowired
    InFlight inFlight;

    @Autowired
    InFlight bodyBytes;

    @Autowired
    InFlight openStreams;

    @Autowired
    HttpHandler application;

    @Autowired
    NettyServerProperties server;

    @LocalServerPort
    int port;

    final String id = fresh("evt");
    String account;
    String type;

    @BeforeEach
    void know() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents-batch+json"})
    void endsABodyOfWhichNothingMoreComes(String form) throws IOException {
        var half = "[" + event(id);
        try (var caller = new RawCaller(port)) {
            caller.head(form, "Content-Length: " + 2 * half.length() + "\r\n");
            caller.send(half);
            await().atMost(PATIENCE).until(() -> bodyBytes.count() == half.length());

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .contains("application/problem+json", "urn:problem:usage-ingest:body-too-slow")
                    .contains("Nothing of the body that can be read came for 3000 ms, so it is read no further")
                    .contains("Nothing of it was stored: send it again");
        }
        await().atMost(PATIENCE).until(() -> bodyBytes.count() == 0);
    }

    @Test
    void endsACompressedBodyOfWhichNothingComes() throws IOException {
        try (var caller = new RawCaller(port)) {
            caller.head("application/x-ndjson", "Content-Encoding: gzip\r\nContent-Length: 100\r\n");
            caller.send("\u001f\u008b");

            assertThat(caller.answer()).startsWith("HTTP/1.1 408 ");
        }
    }

    /** A byte at a time, each of them soon enough. */
    @Test
    void endsABatchThatHasNoEnd() throws IOException {
        try (var caller = new RawCaller(port)) {
            caller.head("application/cloudevents-batch+json", "Content-Length: 100000\r\n");
            await().pollInterval(BEAT).atMost(PATIENCE).until(() -> {
                caller.send(" ");
                return caller.isAnswered();
            });

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains(
                            "not come to its end after " + limits.bodyTimeout().toMillis() + " ms of waiting");
        }
        await().atMost(PATIENCE).until(() -> bodyBytes.count() == 0);
    }

    /** What came is stored meanwhile, however few events it is. */
    @Test
    void goesOnWithAStreamThatIsSlowButAlive() throws IOException {
        var sent = new AtomicInteger();
        try (var caller = new RawCaller(port)) {
            caller.streamHead();
            long begun = System.nanoTime();
            await().pollInterval(BEAT).atMost(PATIENCE).until(() -> {
                caller.chunk(event(id + "-" + sent.getAndIncrement()) + "\n");
                return hasPassed(limits.bodyTimeout().plus(limits.idleTimeout()), begun);
            });
            lab.accepted(id + "-0");
            caller.lastChunk();

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 202 ")
                    .contains("{\"accepted\":" + sent.get() + ",\"rejected\":[]}");
        }
    }

    @Test
    void saysHowFarAStreamCameOfWhichNothingMoreComes() throws IOException {
        try (var caller = new RawCaller(port)) {
            caller.streamHead();
            caller.chunk(lines(0, limits.eventsMax()));
            lab.accepted(id + "-" + (limits.eventsMax() - 1));

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("body-too-slow", "\"accepted\":1000,\"read\":1000,\"rejected\":[]");
        }
        await().atMost(PATIENCE).until(() -> openStreams.count() == 0 && bodyBytes.count() == 0);
    }

    /** We do not read, since nothing can be stored: so nothing comes, and that is not the caller's doing. */
    @Test
    void doesNotEndAStreamThatItHoldsBackItself() throws Exception {
        try (var caller = new RawCaller(port);
                var writer = Executors.newVirtualThreadPerTaskExecutor()) {
            inFlight.enter(limits.inFlightMax());
            try {
                var sent = writer.submit(() -> sendAll(caller, MORE_THAN_BUFFERS_HOLD));
                await().atMost(PATIENCE).until(() -> bodyBytes.count() > 0);
                long begun = System.nanoTime();
                await().atMost(PATIENCE)
                        .until(() -> hasPassed(limits.idleTimeout().multipliedBy(3), begun));
                assertThat(sent).as("More is sent than is taken in").isNotDone();
            } finally {
                inFlight.leave(limits.inFlightMax());
            }

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 202 ")
                    .contains("{\"accepted\":" + MORE_THAN_BUFFERS_HOLD + ",\"rejected\":[]}");
        }
    }

    private Void sendAll(RawCaller caller, int events) throws IOException {
        caller.streamHead();
        for (int first = 0; first < events; first += 500) {
            caller.chunk(lines(first, 500));
        }
        caller.lastChunk();
        return null;
    }

    /** Together they would hold several times what is left to them, all of them waiting for their callers. */
    @Test
    void takesManyStreamsThatGatherWithinWhatIsLeftToThem() throws IOException {
        int left = 100_000;
        int others = limits.bodiesBytesMax() / 2 - left;
        bodyBytes.enter(others);
        var callers = new ArrayList<RawCaller>();
        try {
            for (int i = 0; i < 20; i++) {
                callers.add(gathering("-" + i + "-", 100));
                assertThat(bodyBytes.count())
                        .isLessThan(others + left + 20 * event(id).length());
            }
            await().atMost(PATIENCE).until(() -> openStreams.count() == 20 && bodyBytes.count() > others + left / 2);
            assertThat(bodyBytes.count())
                    .isLessThan(others + left + 20 * event(id).length());
            for (var caller : callers) {
                caller.lastChunk();
            }
            for (var caller : callers) {
                assertThat(caller.answer()).startsWith("HTTP/1.1 202 ").contains("{\"accepted\":100,\"rejected\":[]}");
            }
            await().atMost(PATIENCE).until(() -> bodyBytes.count() == others && openStreams.count() == 0);
        } finally {
            bodyBytes.leave(others);
            for (var caller : callers) {
                caller.close();
            }
        }
    }

    private RawCaller gathering(String infix, int events) throws IOException {
        var caller = new RawCaller(port);
        caller.streamHead();
        caller.chunk(IntStream.range(0, events)
                .mapToObj(i -> event(id + infix + i) + "\n")
                .collect(Collectors.joining()));
        return caller;
    }

    /** The application on a server of its own, which is less patient. */
    @Test
    void endsAConnectionOnWhichNoWholeRequestComes() throws IOException {
        assertThat(server.getIdleTimeout()).isEqualTo(Duration.ofSeconds(75));
        var factory = new NettyReactiveWebServerFactory(0);
        factory.addServerCustomizers(http -> http.idleTimeout(Duration.ofMillis(500)));
        var impatient = factory.getWebServer(application);
        impatient.start();
        try (var silent = new RawCaller(impatient.getPort());
                var halfway = new RawCaller(impatient.getPort());
                var done = new RawCaller(impatient.getPort());
                var streaming = new RawCaller(impatient.getPort())) {
            streaming.streamHead();
            done.head("text/plain", "Content-Length: 0\r\n");
            halfway.send("POST /v1/events HTTP/1.1\r\nHost: ");
            await().pollInterval(BEAT).atMost(PATIENCE).until(() -> !halfway.canSend("x"));

            assertThat(silent.answer()).isEmpty();
            assertThat(done.answer()).startsWith("HTTP/1.1 415 ");
            assertThat(streaming.answer())
                    .as("what has begun has time of its own")
                    .startsWith("HTTP/1.1 408 ");
        } finally {
            impatient.stop();
        }
    }

    private static boolean hasPassed(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    private String lines(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> event(id + "-" + i) + "\n")
                .collect(Collectors.joining());
    }

    private String event(String eventId) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + eventId + "\",\"source\":\"/lab\",\"type\":\"" + type
                + "\",\"subject\":\"" + account + "\",\"data\":{\"value\":1}}";
    }
}
