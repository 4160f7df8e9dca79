package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;

/**
 * What is added up together: usage of a meter that one price rates, of a calendar month in the account's zone.
 *
 * @param month of when the usage occurred
 */
public record UsagePeriod(String meterId, String priceId, YearMonth month) {

    /** The 35 days that usage may come late, and two months for what could not be drawn down when it came. */
    private static final Duration KEPT_OPEN = Duration.ofDays(100);

    /** The period of usage that occurred at {@code occurredAt}. */
    public static UsagePeriod of(String meterId, String priceId, Instant occurredAt, Zone zone) {
        return new UsagePeriod(meterId, priceId, zone.monthOf(occurredAt));
    }

    /** Whether it can take no more usage: its total is not remembered any more. */
    public boolean isClosedAt(Instant instant, Zone zone) {
        return month.isBefore(oldestOpenAt(instant, zone));
    }

    /** The first month that can take more usage. */
    static YearMonth oldestOpenAt(Instant instant, Zone zone) {
        return zone.monthOf(instant.minus(KEPT_OPEN));
    }
}
