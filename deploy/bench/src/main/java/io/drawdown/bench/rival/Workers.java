package io.drawdown.bench.rival;

import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Runs the same endless work on several threads; when one fails, the rival ends and says why. */
public final class Workers {

    private Workers() {}

    public static void run(int threads, Callable<Void> work) {
        IntStream.range(0, threads).forEach(_ -> new Thread(() -> call(work)).start());
    }

    private static void call(Callable<Void> work) {
        try {
            work.call();
        } catch (Exception e) {
            e.printStackTrace(System.err);
            System.exit(1); // Other threads of the rival would keep a process alive that does nothing.
        }
    }
}
