package io.drawdown.local.supervisor;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Seconds {

    private static final double MILLIS = 1_000;

    private Seconds() {}

    /** Seconds with one decimal, such as {@code 3.4 s}. */
    public static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
    }
}
