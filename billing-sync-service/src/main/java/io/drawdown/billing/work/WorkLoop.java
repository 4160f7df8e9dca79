package io.drawdown.billing.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Does one kind of stored work, several bits at a time, for as long as the service runs.
 *
 * <p>Each turn must find its own work and claim it in the database, so that loops of other instances do not do the same
 * bit. A turn that throws is logged and counted as nothing done; the next comes after the poll interval.
 */
public final class WorkLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);

    /** Three loops stop one after the other within the ten seconds that a shutdown has. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final Turn turn;
    private final int workers;
    private final Duration poll;
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;
    private boolean started;

    /**
     * @param workers how many turns run at a time
     * @param poll the longest time between two looks for work
     */
    public WorkLoop(String name, Turn turn, int workers, Duration poll) {
        this.name = name;
        this.turn = turn;
        this.workers = workers;
        this.poll = poll;
    }

    String name() {
        return name;
    }

    /** Whether every worker works, unless the loop was stopped. */
    synchronized boolean isComplete() {
        return !started || (threads.size() == workers && threads.stream().allMatch(Thread::isAlive));
    }

    /** Looks for work now, or, inside a transaction, as soon as that is committed. */
    public void wake() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wakeNow();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakeNow();
            }
        });
    }

    private void wakeNow() {
        if (wakeUps.availablePermits() < workers) {
            wakeUps.release();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        started = true;
        for (var worker = 1; worker <= workers; worker++) {
            threads.add(Thread.ofVirtual().name(name + "-" + worker).start(this::run));
        }
    }

    private void run() {
        while (running) {
            if (!takeTurn()) {
                rest();
            }
        }
    }

    private boolean takeTurn() {
        try {
            return turn.take();
        } catch (Throwable e) { // An error that ended the worker would stop this work until the next start.
            if (running) {
                log.warn("A turn of {} failed; the work is still stored and is tried again in {}.", name, poll, e);
            }
            return false;
        }
    }

    private void rest() {
        try {
            if (wakeUps.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /**
     * Lets turns that are under way finish, for a few seconds in all; what they would leave half done is stored and
     * resumed anyway.
     */
    @Override
    public synchronized void stop() {
        running = false;
        started = false;
        wakeUps.release(workers);
        var deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        threads.forEach(thread -> awaitEnd(thread, deadline));
        threads.clear();
    }

    private static void awaitEnd(Thread thread, long deadline) {
        try {
            var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            if (!thread.join(left)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** One bit of work. */
    @FunctionalInterface
    public interface Turn {

        /** Does it, if there is any, and answers whether there was: then it is worth asking again at once. */
        boolean take();
    }
}
