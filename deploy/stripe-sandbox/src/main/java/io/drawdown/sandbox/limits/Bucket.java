package io.drawdown.sandbox.limits;

/** Holds as many tokens as may be taken in a period, and fills again at that rate. */
final class Bucket {

    private final int capacity;
    private final double perNano;
    private double tokens;
    private long filledAt;

    Bucket(int capacity, long periodNanos, long nowNanos) {
        this.capacity = capacity;
        this.perNano = (double) capacity / periodNanos;
        this.tokens = capacity;
        this.filledAt = nowNanos;
    }

    synchronized boolean take(long nowNanos) {
        tokens = Math.min(capacity, tokens + (nowNanos - filledAt) * perNano);
        filledAt = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
