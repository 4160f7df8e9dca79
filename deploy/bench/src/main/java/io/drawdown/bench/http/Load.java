package io.drawdown.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
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
        return run(0, number -> number < requests, request);
    }

    /** Sends requests for so long, numbered from {@code first} on. */
    public Pace run(Duration time, int first, Request request) {
        long end = System.nanoTime() + time.toNanos();
        return run(first, _ -> System.nanoTime() < end, request);
    }

    private Pace run(int first, IntPredicate goesOn, Request request) {
        var nanos = new ConcurrentLinkedQueue<Long>();
        var next = new AtomicInteger(first);
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = IntStream.range(0, clients)
                    .mapToObj(_ -> threads.submit(() -> work(request, goesOn, nanos, next)))
                    .toList();
            running.forEach(Load::join);
        }
        return Pace.of(nanos.stream().mapToLong(Long::longValue).toArray(), System.nanoTime() - begun);
    }

    private void work(Request request, IntPredicate goesOn, Queue<Long> nanos, AtomicInteger next) {
        try (var connection = new Connection(server, headers)) {
            for (int number = next.getAndIncrement(); goesOn.test(number); number = next.getAndIncrement()) {
                long begun = System.nanoTime();
                request.send(connection, number);
                nanos.add(System.nanoTime() - begun);
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
