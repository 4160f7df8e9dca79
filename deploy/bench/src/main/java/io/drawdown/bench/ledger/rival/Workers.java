package io.drawdown.bench.ledger.rival;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** Runs the same endless work on several threads; when one fails, the rival ends and says why. */
final class Workers {

    private Workers() {}

    static void run(int threads, Callable<Void> work) {
        var running = IntStream.range(0, threads)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> call(work), command -> new Thread(command).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(running).join();
    }

    private static void call(Callable<Void> work) {
        try {
            work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
