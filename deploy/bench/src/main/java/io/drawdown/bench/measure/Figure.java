package io.drawdown.bench.measure;

import java.time.Duration;

/**
 * What was measured of one contender.
 *
 * @param eventsPerSecond how many events became durable a second, over the measured time
 * @param residentMegabytes resident memory of its process at the end, in MiB
 * @param measured for how long it was counted
 * @param drained whether it had done all events before the time was over; the time ends then
 */
public record Figure(long eventsPerSecond, long residentMegabytes, Duration measured, boolean drained) {

    static Figure of(long events, Duration measured, long residentMegabytes, boolean drained) {
        var perSecond = Math.round(events * 1e9 / measured.toNanos());
        return new Figure(perSecond, residentMegabytes, measured, drained);
    }
}
