package io.drawdown.bench.http;

import java.util.Arrays;

/**
 * How one kind of request went.
 *
 * @param perSecond requests a second over all clients
 * @param p50Millis half of them took no longer
 * @param p99Millis all but one in a hundred took no longer
 */
public record Pace(long perSecond, double p50Millis, double p99Millis) {

    /** From how long each took and how long all took together. */
    static Pace of(long[] nanos, long elapsedNanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Pace(Math.round(sorted.length * 1e9 / elapsedNanos), millis(sorted, 0.50), millis(sorted, 0.99));
    }

    private static double millis(long[] sorted, double share) {
        int position = (int) Math.min(sorted.length - 1L, Math.round(sorted.length * share));
        return Math.round(sorted[position] / 1e4) / 1e2;
    }
}
