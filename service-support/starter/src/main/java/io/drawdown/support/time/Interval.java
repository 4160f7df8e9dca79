package io.drawdown.support.time;

import java.time.Instant;

/**
 * A part of time.
 *
 * @param start inclusive, at a whole second
 * @param end exclusive, at a whole second, after the start
 */
public record Interval(Instant start, Instant end) {

    /** Whether an instant of this second is in it. */
    boolean has(long epochSecond) {
        return epochSecond >= start.getEpochSecond() && epochSecond < end.getEpochSecond();
    }
}
