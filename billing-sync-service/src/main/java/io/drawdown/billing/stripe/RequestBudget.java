package io.drawdown.billing.stripe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Spreads requests so that no second sees more than so many, with a burst of one second's worth.
 *
 * <p>Each request books the next free slot and waits for it, so waiting requests go in the order they came.
 */
class RequestBudget {

    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanoClock;
    private long nextSlot;

    RequestBudget(int requestsPerSecond, LongSupplier nanoClock) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        this.burstNanos = TimeUnit.SECONDS.toNanos(1) - intervalNanos;
        this.nanoClock = nanoClock;
        this.nextSlot = nanoClock.getAsLong() - burstNanos;
    }

    /** Returns when the request may be sent. */
    void await() {
        var slot = book();
        for (var left = slot - nanoClock.getAsLong(); left > 0; left = slot - nanoClock.getAsLong()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return; // Shutting down: the call itself will notice.
            }
        }
    }

    /** The instant, on the budget's clock, at which this request may go. */
    synchronized long book() {
        var earliest = nanoClock.getAsLong() - burstNanos;
        var slot = Math.max(nextSlot, earliest);
        nextSlot = slot + intervalNanos;
        return slot;
    }
}
