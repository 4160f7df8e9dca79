package io.drawdown.sandbox.limits;

/** Holds as many tokens as may be taken in a second, and fills again at that rate. */
final class Bucket {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private double tokens;
    private long filledAt;

    Bucket(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAt = nowNanos;
    }

    synchronized boolean take(long nowNanos) {
        tokens = Math.min(perSecond, tokens + (nowNanos - filledAt) / NANOS * perSecond);
        filledAt = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
