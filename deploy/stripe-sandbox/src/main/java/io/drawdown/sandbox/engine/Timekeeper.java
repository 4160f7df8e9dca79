package io.drawdown.sandbox.engine;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks again and again, in real time, whether there is something to do. */
public final class Timekeeper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Timekeeper.class.getName());

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("timekeeper-", 0).factory());

    /** Runs the task with pauses of so many milliseconds. */
    public void every(int millis, Runnable task) {
        threads.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A fault is told and tried again: an escaping exception would end the timer in silence. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "What is due could not be done", fault);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
