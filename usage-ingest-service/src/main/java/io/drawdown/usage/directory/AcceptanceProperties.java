package io.drawdown.usage.directory;

import io.drawdown.usage.domain.AcceptanceWindow;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events are accepted.
 *
 * @param late at most this long after it occurred; up to 90 days, since wallet-service can rate a month's usage for 100
 * @param early at most this long before it occurs, by our clock
 * @param grace how long after an event's arrival an unknown account or meter may still turn up
 */
@ConfigurationProperties("drawdown.usage.acceptance")
public record AcceptanceProperties(
        @DefaultValue("35d") Duration late,
        @DefaultValue("5m") Duration early,
        @DefaultValue("1s") Duration grace) {

    private static final Duration LATE_MAX = Duration.ofDays(90);

    /** A repeat without a time of its own is never too late, so this does not depend on what is. */
    private static final Duration REMEMBERED_MIN = Duration.ofDays(35);

    public AcceptanceProperties {
        if (late.isNegative() || late.compareTo(LATE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "drawdown.usage.acceptance.late is " + late
                            + ": from none up to 90 days are possible, since wallet-service forgets after 100 days how much of a month was rated");
        }
    }

    public AcceptanceWindow window() {
        return new AcceptanceWindow(late, early);
    }

    /**
     * How long an accepted event is remembered at least: 35 days, or {@code late} if that is longer, and {@code early}. An event
     * with a time can be accepted from {@code early} before it until {@code late} after it, so over this span no repeat of it can
     * slip in, ever.
     */
    public Duration horizon() {
        var longest = late.compareTo(REMEMBERED_MIN) > 0 ? late : REMEMBERED_MIN;
        return longest.plus(early);
    }
}
