package io.drawdown.usage.totals;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves a share of the time of what others use, too, to the others: after work that took a while, some times that while passes
 * until the next is due. Used by one thread.
 */
final class Pace {

    private final int times;
    private final long mostNanos;
    private final LongSupplier nanos;
    private long dueAtNanos;

    /**
     * @param times how much longer than the work the pause behind it is
     * @param most the longest pause: work may have taken long for want of an answer
     * @param nanos a clock of nanoseconds that never goes back
     */
    Pace(int times, Duration most, LongSupplier nanos) {
        this.times = times;
        this.mostNanos = most.toNanos();
        this.nanos = nanos;
        this.dueAtNanos = nanos.getAsLong();
    }

    boolean isDue() {
        return nanos.getAsLong() - dueAtNanos >= 0;
    }

    /** Does the work, due or not. */
    void keep(Runnable work) {
        long begun = nanos.getAsLong();
        work.run();
        long ended = nanos.getAsLong();
        dueAtNanos = ended + Math.min(mostNanos, times * (ended - begun));
    }
}
