package io.drawdown.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends a process: first by asking, then by force. */
public final class Termination {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration FORCE_LIMIT = Duration.ofSeconds(5);

    private Termination() {}

    /**
     * Asks the process to stop and kills it when it has not within {@code limit}.
     *
     * @return true when it went by itself, or had gone already; false when force was needed
     */
    public static boolean end(Identity process, StopSignal signal, Duration limit) throws InterruptedException {
        ask(process, signal);
        if (gone(process, limit)) {
            return true;
        }
        process.handle().ifPresent(ProcessHandle::destroyForcibly);
        gone(process, FORCE_LIMIT);
        return false;
    }

    /** Sends the signal, if exactly this process still runs. */
    public static void ask(Identity process, StopSignal signal) throws InterruptedException {
        var handle = process.handle();
        if (handle.isEmpty()) {
            return;
        }
        switch (signal) {
            case TERM -> handle.get().destroy();
            case INT -> interrupt(process.pid());
        }
    }

    /** Waits until the process has gone, at most {@code limit}; true when it has. */
    public static boolean gone(Identity process, Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }

    /** The shell's own kill: Java has no way to send this signal, and the program {@code kill} is not everywhere. */
    private static void interrupt(long pid) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new PlatformException("Could not run /bin/sh to stop process " + pid + ": " + e.getMessage(), e);
        }
    }
}
