package io.drawdown.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Some clients, each with a connection of its own, that together send so many requests as fast as they are answered.
 *
 * @param headers sent with every request
 * @param clients requests that are under way at once
 */
public record Load(URI server, List<String> headers, int clients) {

    /** One request; the number is its place among all. */
    @FunctionalInterface
    public interface Request {

        void send(Connection connection, int number) throws IOException;
    }

    /** Sends requests number 0 to {@code requests - 1}. */
    public Pace run(int requests, Request request) {
        var nanos = new long[requests];
        var next = new AtomicInteger();
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = IntStream.range(0, clients)
                    .mapToObj(_ -> threads.submit(() -> work(request, nanos, next)))
                    .toList();
            running.forEach(Load::join);
        }
        return Pace.of(nanos, System.nanoTime() - begun);
    }

    private void work(Request request, long[] nanos, AtomicInteger next) {
        try (var connection = new Connection(server, headers)) {
            for (int number = next.getAndIncrement(); number < nanos.length; number = next.getAndIncrement()) {
                long begun = System.nanoTime();
                request.send(connection, number);
                nanos[number] = System.nanoTime() - begun;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void join(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The server did not stand the load: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a server was measured", e);
        }
    }
}
