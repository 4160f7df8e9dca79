package io.drawdown.usage.totals;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Some events added up.
 *
 * @param lastAt when the one occurred whose value is the last
 * @param lastOffset its source offset, which decides between events of one instant
 */
record Tally(long events, BigDecimal sum, BigDecimal max, BigDecimal last, Instant lastAt, long lastOffset) {

    static Tally of(BigDecimal value, Instant occurredAt, long offset) {
        return new Tally(1, value, value, value, occurredAt, offset);
    }

    Tally plus(Tally other) {
        var latest = other.isLaterThan(this) ? other : this;
        return new Tally(
                events + other.events,
                sum.add(other.sum),
                max.max(other.max),
                latest.last,
                latest.lastAt,
                latest.lastOffset);
    }

    private boolean isLaterThan(Tally other) {
        int byTime = lastAt.compareTo(other.lastAt);
        return byTime > 0 || (byTime == 0 && lastOffset > other.lastOffset);
    }
}
