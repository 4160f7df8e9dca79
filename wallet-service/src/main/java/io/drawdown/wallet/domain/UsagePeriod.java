package io.drawdown.wallet.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What is added up together: usage of a meter that one price rates, of a calendar month in UTC.
 *
 * @param month of when the usage occurred
 */
public record UsagePeriod(String meterId, String priceId, YearMonth month) {

    /** The 35 days that usage may come late, and two months for what could not be drawn down when it came. */
    private static final Duration KEPT_OPEN = Duration.ofDays(100);

    /** The period of usage that occurred at {@code occurredAt}. */
    public static UsagePeriod of(String meterId, String priceId, Instant occurredAt) {
        return new UsagePeriod(meterId, priceId, YearMonth.from(occurredAt.atOffset(ZoneOffset.UTC)));
    }

    /** Whether it can take no more usage: its total is not remembered any more. */
    public boolean isClosedAt(Instant instant) {
        return !end().plus(KEPT_OPEN).isAfter(instant);
    }

    /** When its month begins. */
    public Instant start() {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
