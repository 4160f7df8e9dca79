package io.drawdown.bench.measure;

import java.util.concurrent.locks.LockSupport;

/**
 * When each of many things is due, whether or not those before it are done: what has to wait for a slow answer is counted
 * from when it was due, not from when it could be sent.
 *
 * @param begunNanos when number 0 is due, by {@link System#nanoTime}
 * @param perSecond how many are due a second
 */
public record Arrivals(long begunNanos, int perSecond) {

    private static final long NANOS = 1_000_000_000;

    /** Begins now. */
    public static Arrivals at(int perSecond) {
        return new Arrivals(System.nanoTime(), perSecond);
    }

    /** When this number is due, by {@link System#nanoTime}. */
    public long dueNanos(long number) {
        return begunNanos + number * NANOS / perSecond;
    }

    /** Returns when this number is due; at once when it is late. */
    public void awaitDue(long number) {
        var due = dueNanos(number);
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * As above, but those of one millisecond come together, when the last of them is due: who wakes for each of thousands a
     * second takes the processor from those that are measured.
     */
    public void awaitDueTogether(long number) {
        var together = Math.max(1, perSecond / 1_000);
        if (number % together == 0) {
            awaitDue(number + together - 1);
        }
    }
}
