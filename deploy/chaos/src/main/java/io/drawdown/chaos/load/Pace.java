package io.drawdown.chaos.load;

import java.util.concurrent.locks.LockSupport;

/** Holds a worker to a rate; what it could not do in time, it does not make up for. */
final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private long due = System.nanoTime();

    Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Waits until so many more may go. */
    void take(int count) {
        var now = System.nanoTime();
        due = Math.max(due, now) + (long) (count / perSecond * NANOS_PER_SECOND);
        LockSupport.parkNanos(due - now);
    }
}
