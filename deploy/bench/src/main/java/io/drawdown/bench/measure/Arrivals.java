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
}
