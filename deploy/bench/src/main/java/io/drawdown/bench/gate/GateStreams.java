package io.drawdown.bench.gate;

import io.drawdown.bench.gate.StreamFigure.Heap;
import io.drawdown.bench.gate.StreamFigure.Resident;
import io.drawdown.bench.http.Connection;
import io.drawdown.bench.measure.HeapWatch;
import io.drawdown.bench.measure.LiveHeap;
import io.drawdown.bench.measure.Plateau;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a stream of very many events in one request takes no more memory of the service than one of a few: what is alive in its
 * heap while short streams come, one after the other, and while a long one does.
 */
final class GateStreams {

    private static final String SERVICE = "usage-ingest";
    private static final int FEW = 10_000;
    private static final int LINES_A_CHUNK = 100;

    private final BenchPlatform platform;
    private final URI server;
    private final List<String> headers;
    private final List<String> accounts;
    private final Timing timing;
    private long sentEvents;
    private long sentBytes;

    GateStreams(BenchPlatform platform, Environment environment, List<String> accounts, Timing timing) {
        this.platform = platform;
        this.server = URI.create(environment.addressOf(SERVICE));
        this.headers = List.of(
                "Authorization: Bearer " + environment.apiKeyOf("ingest"), "Content-Type: application/x-ndjson");
        this.accounts = accounts;
        this.timing = timing;
    }

    /** Streams of ten thousand events for the measured time, and one of so many. */
    List<StreamFigure> measure(int many) {
        try (var connection = new Connection(server, headers);
                var heap = platform.liveHeap(SERVICE)) {
            warmUp(connection);
            long end = System.nanoTime() + timing.measured().toNanos();
            var few = measure(connection, heap, FEW, () -> System.nanoTime() < end);
            return List.of(few, measure(connection, heap, many, () -> false));
        } catch (IOException e) {
            throw new UncheckedIOException("A stream was not taken: " + e.getMessage(), e);
        }
    }

    private void warmUp(Connection connection) throws IOException {
        var plateau = new Plateau();
        var window = timing.warmUp().dividedBy(Plateau.WINDOWS_A_WARM_UP);
        long perSecond;
        do {
            long before = sentEvents;
            long begun = System.nanoTime();
            do {
                send(connection, FEW);
            } while (System.nanoTime() - begun < window.toNanos());
            perSecond = Math.round((sentEvents - before) * 1e9 / (System.nanoTime() - begun));
            Output.progress("streams: warming up, %,d events/s".formatted(perSecond));
        } while (!plateau.isReached(perSecond));
    }

    /** One request, and more for as long as it goes on. */
    private StreamFigure measure(Connection connection, LiveHeap heap, int events, BooleanSupplier goesOn)
            throws IOException {
        long heapBefore = heap.megabytes();
        long residentBefore = platform.residentMegabytes(SERVICE);
        long bytesBefore = sentBytes;
        int requests = 0;
        long begun = System.nanoTime();
        long took;
        long most;
        try (var watch = HeapWatch.of(heap)) {
            do {
                send(connection, events);
                requests++;
            } while (goesOn.getAsBoolean());
            took = System.nanoTime() - begun;
            most = watch.mostMegabytes();
        }
        var resident = new Resident(residentBefore, platform.residentMegabytes(SERVICE));
        long heapAfter = heap.megabytes();
        var figure = new StreamFigure(
                events,
                requests,
                sentBytes - bytesBefore,
                Duration.ofNanos(took),
                new Heap(heapBefore, Math.max(most, heapBefore), heapAfter),
                resident);
        Output.progress("streams: " + figure.row());
        return figure;
    }

    private void send(Connection connection, int events) throws IOException {
        var answer = connection.send("POST", "/v1/events", chunks(events)::iterator);
        if (!answer.contains("\"accepted\":" + events)) {
            throw new IOException("of %,d events not all were accepted: %s".formatted(events, answer));
        }
    }

    private Stream<String> chunks(int events) {
        return IntStream.iterate(events, left -> left > 0, left -> left - LINES_A_CHUNK)
                .mapToObj(left -> chunk(Math.min(left, LINES_A_CHUNK)));
    }

    /** No id is used twice: a repeat would cost less than an event. */
    private String chunk(int lines) {
        var chunk = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            long number = sentEvents++;
            chunk.append(EventTopic.cloudEvent("stream-" + number, account(number)))
                    .append('\n');
        }
        sentBytes += chunk.length();
        return chunk.toString();
    }

    private String account(long number) {
        return accounts.get((int) (number % accounts.size()));
    }
}
