package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;

/**
 * How long something lasts, such as credit: months or days, counted in the account's zone. A month that lacks the day it began on
 * ends with its last day: 31 January and a month is 28 or 29 February, at the same time of day. Where the clock skips that time it is
 * as much later, where it is shown twice the offset stays what it was.
 *
 * @param months 0 to 1200
 * @param days 0 to 36500; zero when there are months
 */
public record Validity(int months, int days) {

    private static final int MOST_MONTHS = 1_200;
    private static final int MOST_DAYS = 36_500;

    public Validity {
        boolean inMonths = months > 0 && months <= MOST_MONTHS && days == 0;
        boolean inDays = days > 0 && days <= MOST_DAYS && months == 0;
        if (!inMonths && !inDays) {
            throw new IllegalArgumentException("A validity is 1 to " + MOST_MONTHS + " months or 1 to " + MOST_DAYS
                    + " days, such as P1M or P30D, not " + Period.of(0, months, days));
        }
    }

    /**
     * Reads an ISO 8601 period: {@code P1M}, {@code P30D}, {@code P1Y}.
     *
     * @throws IllegalArgumentException if it is none, or not of months or days
     */
    public static Validity of(String period) {
        try {
            var read = Period.parse(period);
            return new Validity(Math.toIntExact(read.toTotalMonths()), read.getDays());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "A validity is a period of months or days, such as P1M or P30D, not " + period, e);
        }
    }

    /** When it ends that begins at an instant. */
    Instant end(Instant begin, Zone zone) {
        return end(begin, 1, zone);
    }

    /** When so many of them end, the first of which begins at an instant. */
    Instant end(Instant begin, long times, Zone zone) {
        return zone.at(begin).plusMonths(months * times).plusDays(days * times).toInstant();
    }

    /** As a period of ISO 8601. */
    @Override
    public String toString() {
        return Period.of(0, months, days).toString();
    }
}
