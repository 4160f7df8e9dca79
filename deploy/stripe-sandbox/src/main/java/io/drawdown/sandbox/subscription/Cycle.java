package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/**
 * When a subscription is billed: at its anchor and every so many intervals before and after it, in UTC.
 *
 * <p>Each boundary is counted from the anchor itself, never from the boundary before: an anchor on the 31st bills on the
 * last day of shorter months and comes back to the 31st.
 *
 * @param anchor seconds
 * @param day of the month, for months and years; later than the anchor's own where that one's month is too short
 * @param unit day, week, month or year
 * @param count how many of them, at least one
 */
record Cycle(long anchor, int day, ChronoUnit unit, long count) {

    /** On the anchor's own day of the month. */
    Cycle(long anchor, ChronoUnit unit, long count) {
        this(anchor, utc(anchor).getDayOfMonth(), unit, count);
    }

    /** By the interval of a recurring price. */
    static Cycle of(long anchor, JsonNode price) {
        var unit = switch (Json.need(price, "recurring.interval")) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            case String other -> throw new IllegalStateException("No interval: " + other);
        };
        return new Cycle(anchor, unit, Json.number(price, "recurring.interval_count", 1));
    }

    /** The same on another day of the month, which the anchor's own month is too short for. */
    Cycle onDay(int another) {
        return new Cycle(anchor, another, unit, count);
    }

    /** The boundary that lies so many intervals after the anchor, or before it when negative. */
    long boundary(long intervals) {
        var instant = utc(anchor).plus(Math.multiplyExact(intervals, count), unit);
        return (inMonths() ? moved(instant) : instant).toEpochSecond();
    }

    private OffsetDateTime moved(OffsetDateTime instant) {
        return instant.withDayOfMonth(Math.min(day, instant.toLocalDate().lengthOfMonth()));
    }

    /** The period in which an instant lies; a boundary begins its period. */
    Period containing(long instant) {
        long n = unit.between(utc(anchor), utc(instant)) / count;
        while (boundary(n) > instant) {
            n--;
        }
        while (boundary(n + 1) <= instant) {
            n++;
        }
        return new Period(boundary(n), boundary(n + 1));
    }

    /** Whether its boundaries are all boundaries of the other one, which has the same anchor. */
    boolean isMultipleOf(Cycle other) {
        return inMonths() == other.inMonths() && length() % other.length() == 0;
    }

    boolean inMonths() {
        return unit == ChronoUnit.MONTHS || unit == ChronoUnit.YEARS;
    }

    /** Months, or else days. */
    private long length() {
        return switch (unit) {
            case WEEKS -> 7 * count;
            case YEARS -> 12 * count;
            default -> count;
        };
    }

    private static OffsetDateTime utc(long seconds) {
        return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
    }
}
