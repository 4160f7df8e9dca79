package io.drawdown.usage.totals;

import io.drawdown.support.time.Interval;
import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long the windows are that are asked for: hours, days or months of the account's time zone. */
enum Window {
    HOUR(Span.HOUR),
    DAY(Span.DAY),
    /** Found from its days. */
    MONTH(Span.DAY);

    private final Span span;

    Window(Span span) {
        this.span = span;
    }

    /** @return null when the text is no window's code */
    static @Nullable Window ofCode(String code) {
        return Stream.of(values())
                .filter(window -> window.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The form in requests and answers, such as {@code hour}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is found from. */
    Span span() {
        return span;
    }

    /** The window that the instant is in. */
    Interval at(Instant instant, Zone zone) {
        return this == MONTH ? zone.month(instant) : span.at(instant, zone);
    }
}
