package io.drawdown.usage.rejected;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;

/** Drops refusals that nobody will ask for any more. */
final class RejectedRetention {

    private static final int ROWS_AT_ONCE = 5_000;

    private final RejectedEvents events;
    private final Duration retention;
    private final Clock clock;

    RejectedRetention(RejectedEvents events, Duration retention, Clock clock) {
        this.events = events;
        this.retention = retention;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void dropExpired() {
        var before = clock.instant().minus(retention);
        int dropped;
        do {
            dropped = events.dropBefore(before, ROWS_AT_ONCE);
        } while (dropped == ROWS_AT_ONCE);
    }
}
