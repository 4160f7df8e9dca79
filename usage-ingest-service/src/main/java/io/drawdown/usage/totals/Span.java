package io.drawdown.usage.totals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long the windows are that totals are kept for; they begin at the full hour and day of UTC. */
enum Span {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Span(ChronoUnit unit) {
        this.unit = unit;
    }

    /** Where the window begins that the instant is in. */
    Instant startOf(Instant instant) {
        return instant.truncatedTo(unit);
    }

    /** Where the window ends that begins at a start, exclusive. */
    Instant endOf(Instant start) {
        return start.plus(1, unit);
    }
}
