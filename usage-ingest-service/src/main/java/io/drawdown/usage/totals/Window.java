package io.drawdown.usage.totals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long the windows are that are asked for; they begin at the full hour, day or month of UTC. */
enum Window {
    HOUR(Span.HOUR, ChronoUnit.HOURS),
    DAY(Span.DAY, ChronoUnit.DAYS),
    /** Found from its days. */
    MONTH(Span.DAY, ChronoUnit.MONTHS);

    private final Span span;
    private final ChronoUnit unit;

    Window(Span span, ChronoUnit unit) {
        this.span = span;
        this.unit = unit;
    }

    /** @return null when the text is no window's code */
    static @Nullable Window ofCode(String code) {
        return Stream.of(values())
                .filter(window -> window.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The form in requests and answers, such as {@code hour}; also PostgreSQL's name of it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is found from. */
    Span span() {
        return span;
    }

    boolean isStart(Instant instant) {
        var day = instant.atOffset(ZoneOffset.UTC);
        return span.startOf(instant).equals(instant) && (this != MONTH || day.getDayOfMonth() == 1);
    }

    /** How many windows lie between the starts of two. */
    long between(Instant start, Instant end) {
        return unit.between(start.atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC));
    }
}
