package io.drawdown.usage.directory;

import io.drawdown.usage.domain.AcceptanceWindow;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events are accepted.
 *
 * @param late at most this long after it occurred
 * @param early at most this long before it occurs, by our clock
 * @param grace how long after an event's arrival an unknown account or meter may still turn up
 */
@ConfigurationProperties("drawdown.usage.acceptance")
public record AcceptanceProperties(
        @DefaultValue("35d") Duration late,
        @DefaultValue("5m") Duration early,
        @DefaultValue("1s") Duration grace) {

    public AcceptanceWindow window() {
        return new AcceptanceWindow(late, early);
    }

    /**
     * How long an accepted event is remembered at least. An event with a time can be accepted from {@code early} before it
     * until {@code late} after it, so over this span no repeat of it can slip in, ever.
     */
    public Duration horizon() {
        return late.plus(early);
    }
}
