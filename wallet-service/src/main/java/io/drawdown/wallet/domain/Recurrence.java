package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Top-ups at regular instants, whatever is available then. Each is counted from the first one, so that a month that lacks the
 * day moves none of those behind it: 31 January, 28 February, 31 March.
 *
 * @param amount the size of each; positive
 * @param every from one to the next, in the account's zone
 * @param first when the first one is due, cut to milliseconds; before it there is none
 */
public record Recurrence(Money amount, Validity every, Instant first) {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** @throws IllegalArgumentException if it tops nothing up, or begins in another age */
    public Recurrence {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A regular top-up of " + amount + " tops nothing up");
        }
        if (first.isBefore(Instant.EPOCH) || first.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "A regular top-up begins between 1970 and " + LATEST + ", not at " + first);
        }
        first = first.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The latest one up to an instant, inclusive; null before the first. */
    @Nullable
    Instant latestBy(Instant instant, Zone zone) {
        return instant.isBefore(first) ? null : instantOf(countBy(instant, zone), zone);
    }

    /** The next one after an instant, exclusive. */
    public Instant nextAfter(Instant instant, Zone zone) {
        return instant.isBefore(first) ? first : instantOf(countBy(instant, zone) + 1, zone);
    }

    /** How many have come by an instant that is not before the first, less one. */
    private long countBy(Instant instant, Zone zone) {
        var count = Math.max(0, guess(zone.at(first), zone.at(instant)) - 1);
        while (!instantOf(count + 1, zone).isAfter(instant)) {
            count++;
        }
        return count;
    }

    /** By the clock: too low by one where a month lacked the day, too high by one while a time of day that was skipped is to come. */
    private long guess(ZonedDateTime begin, ZonedDateTime instant) {
        return every.months() > 0
                ? ChronoUnit.MONTHS.between(begin, instant) / every.months()
                : ChronoUnit.DAYS.between(begin, instant) / every.days();
    }

    private Instant instantOf(long count, Zone zone) {
        return every.end(first, count, zone);
    }
}
