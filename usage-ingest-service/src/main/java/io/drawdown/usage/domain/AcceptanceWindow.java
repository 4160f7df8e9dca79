package io.drawdown.usage.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an event's time may lie from its arrival; both ends inclusive.
 *
 * @param late at most this long before the arrival
 * @param early at most this long after the arrival, for producers whose clocks run fast
 */
public record AcceptanceWindow(Duration late, Duration early) {

    public AcceptanceWindow {
        if (late.isNegative() || early.isNegative()) {
            throw new IllegalArgumentException(
                    "The acceptance window is " + late + " late and " + early + " early: neither may be negative");
        }
    }

    Verdict.@Nullable Refused refusalOf(Instant occurredAt, Instant arrivedAt) {
        if (isTooLate(occurredAt, arrivedAt)) {
            return new Verdict.Refused(
                    Reason.TOO_OLD,
                    "time " + occurredAt + " is more than " + days(late) + " before the arrival at " + arrivedAt
                            + ": usage that old needs a correction by billing");
        }
        if (occurredAt.isAfter(arrivedAt.plus(early))) {
            return new Verdict.Refused(
                    Reason.TOO_FAR_AHEAD,
                    "time " + occurredAt + " is more than " + early.toSeconds() + " s after the arrival at " + arrivedAt
                            + ": check the producer's clock and its time zone, then send the event again");
        }
        return null;
    }

    boolean isTooLate(Instant occurredAt, Instant arrivedAt) {
        return occurredAt.isBefore(arrivedAt.minus(late));
    }

    private static String days(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toSeconds() + " s";
    }
}
