package io.drawdown.bench.http;

import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Requests that are sent when they are due, not when the one before was answered.
 *
 * @param headers sent with every request
 * @param clients connections; a request that finds none free waits, and its waiting counts
 */
public record OpenLoad(URI server, List<String> headers, int clients) {

    /** Sends them all; notes how long after it was due each was answered. */
    public void run(int requests, Arrivals arrivals, Load.Request request, Delays answered) {
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = IntStream.range(0, clients)
                    .mapToObj(_ -> threads.submit(() -> work(requests, arrivals, request, answered, next)))
                    .toList();
            running.forEach(Load::join);
        }
    }

    private void work(int requests, Arrivals arrivals, Load.Request request, Delays answered, AtomicInteger next) {
        try (var connection = new Connection(server, headers)) {
            for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                arrivals.awaitDue(number);
                request.send(connection, number);
                answered.happened(number, System.nanoTime() - arrivals.dueNanos(number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
