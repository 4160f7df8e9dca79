package io.drawdown.usage.totals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a window is; windows begin at the full hour and day of UTC. */
enum Span {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Span(ChronoUnit unit) {
        this.unit = unit;
    }

    /** @return null when the text is no span's code */
    static @Nullable Span ofCode(String code) {
        return Stream.of(values())
                .filter(span -> span.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The form in requests and answers, such as {@code hour}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the window begins that the instant is in. */
    Instant startOf(Instant instant) {
        return instant.truncatedTo(unit);
    }

    /** How many windows lie between the starts of two. */
    long between(Instant start, Instant end) {
        return unit.between(start, end);
    }
}
