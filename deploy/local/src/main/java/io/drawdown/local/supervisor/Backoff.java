package io.drawdown.local.supervisor;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again.
 *
 * @param first the wait after the first death; it doubles with each further one
 * @param longest the wait is never longer than this
 * @param stable a process that was ready this long before it died starts again from {@code first}
 */
public record Backoff(Duration first, Duration longest, Duration stable) {

    /** One second, doubled up to half a minute, forgotten after a minute of service. */
    public static final Backoff STANDARD =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));

    private static final int MOST_DOUBLINGS = 20;

    /** The wait after {@code deaths} deaths in a row, counted from 1. */
    Duration after(int deaths) {
        var doubled = first.multipliedBy(1L << Math.min(deaths - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** Deaths in a row, counting one that came after {@code served}. */
    int deathsInARow(int before, Duration served) {
        return served.compareTo(stable) >= 0 ? 1 : before + 1;
    }
}
