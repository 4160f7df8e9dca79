package io.drawdown.usage.directory;

import java.util.concurrent.TimeUnit;

/** Counts changes of the directory and wakes those who wait for the next one. */
final class ChangeSignal {

    /** Written under the lock; read without it, because every event reads it. */
    private volatile long changes;

    long count() {
        return changes;
    }

    synchronized void changed() {
        changes = changes + 1;
        notifyAll();
    }

    /**
     * Waits until there is a change beyond those that the caller has seen.
     *
     * @return false when the time ran out, or the thread was interrupted, which stays marked
     */
    synchronized boolean awaitBeyond(long seen, long nanosMax) {
        long deadline = System.nanoTime() + nanosMax;
        try {
            while (changes == seen) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
