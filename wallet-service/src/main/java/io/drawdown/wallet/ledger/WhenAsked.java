package io.drawdown.wallet.ledger;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a task soon after it is asked for, at the start, and at least every so often; never twice at once. Asking while it
 * runs makes it run once more. A failure is logged and tried again at the next occasion.
 */
public final class WhenAsked implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WhenAsked.class);

    private final String name;
    private final Duration atLeastEvery;
    private final Runnable task;
    private final Semaphore asked = new Semaphore(1);
    private volatile @Nullable Thread thread;

    public WhenAsked(String name, Duration atLeastEvery, Runnable task) {
        this.name = name;
        this.atLeastEvery = atLeastEvery;
        this.task = task;
    }

    /** Returns at once. */
    public void ask() {
        asked.release();
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name(name).start(this::loop);
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var _ = asked.tryAcquire(atLeastEvery.toMillis(), TimeUnit.MILLISECONDS);
                asked.drainPermits();
                run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            task.run();
        } catch (Throwable e) { // An error that ended the thread would stop this work until the next start.
            log.warn("{} failed and runs again in {} or when asked", name, atLeastEvery, e);
        }
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
