package io.drawdown.usage.gate;

import java.time.Duration;

/**
 * Where in a window store things are filed: at the start of a bucket, so that they are found by an exact key and dropped
 * together, a segment at a time.
 */
final class Buckets {

    /** The same whatever the horizon is, so that another horizon still finds what was filed before. */
    static final Duration WIDTH = Duration.ofDays(18);

    /** Broker times of one partition may step back when another broker takes over; never by this much. */
    static final Duration STEP_BACK = Duration.ofMinutes(10);

    static final long WIDTH_MILLIS = WIDTH.toMillis();

    private Buckets() {}

    static long startOf(long millis) {
        return Math.max(0, Math.floorDiv(millis, WIDTH_MILLIS) * WIDTH_MILLIS);
    }
}
