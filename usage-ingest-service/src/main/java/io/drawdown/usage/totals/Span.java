package io.drawdown.usage.totals;

import io.drawdown.support.time.Interval;
import io.drawdown.support.time.Zone;
import java.time.Instant;

/** How long the windows are that totals are kept for: hours and days of the account's time zone. */
enum Span {
    HOUR,
    DAY;

    /** The window that the instant is in. */
    Interval at(Instant instant, Zone zone) {
        return switch (this) {
            case HOUR -> zone.hour(instant);
            case DAY -> zone.day(instant);
        };
    }
}
