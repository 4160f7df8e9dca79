package io.drawdown.chaos.check;

import static java.time.temporal.ChronoUnit.HOURS;

import io.drawdown.chaos.load.Accounts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/** The hours, days and months of an account, by the clock where it is: the rules of the services, written a second time. */
record LocalClock(ZoneId zone) {

    /** What usage is added up in. */
    enum Window {
        HOUR,
        DAY,
        MONTH
    }

    static LocalClock of(Accounts accounts, String account) {
        return new LocalClock(accounts.zoneOf(account));
    }

    /** When the window begins that an instant is in. */
    Instant startOf(Window window, Instant instant) {
        return switch (window) {
            case HOUR -> startOfHour(instant);
            case DAY -> midnight(dayOf(instant));
            case MONTH -> midnight(dayOf(instant).withDayOfMonth(1));
        };
    }

    /** When the next one begins. */
    Instant endOf(Window window, Instant instant) {
        return switch (window) {
            case HOUR -> endOfHour(instant);
            case DAY -> midnight(dayOf(instant).plusDays(1));
            case MONTH -> midnight(dayOf(instant).withDayOfMonth(1).plusMonths(1));
        };
    }

    /** When so many months and days are over. */
    Instant after(Instant begin, Period period) {
        return begin.atZone(zone).plus(period).toInstant();
    }

    /** The clock may have been changed since. */
    private Instant startOfHour(Instant instant) {
        var shown = hourShown(instant);
        var change = zone.getRules().previousTransition(instant.plusNanos(1));
        return change != null && change.getInstant().isAfter(shown) ? change.getInstant() : shown;
    }

    private Instant endOfHour(Instant instant) {
        var shown = hourShown(instant).plus(1, HOURS);
        var change = zone.getRules().nextTransition(instant);
        return change != null && change.getInstant().isBefore(shown) ? change.getInstant() : shown;
    }

    private Instant hourShown(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime().truncatedTo(HOURS).toInstant();
    }

    /** A day that has begun goes on, also where the clock shows the end of the one before once more. */
    private LocalDate dayOf(Instant instant) {
        var tomorrow = instant.atZone(zone).toLocalDate().plusDays(1);
        return instant.isBefore(midnight(tomorrow)) ? tomorrow.minusDays(1) : tomorrow;
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
