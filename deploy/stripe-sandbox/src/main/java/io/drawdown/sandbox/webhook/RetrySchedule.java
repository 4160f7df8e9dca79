package io.drawdown.sandbox.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a failed delivery is tried again: after 1 and 5 minutes, half an hour, 2, 5 and 10 hours, then every 12 hours
 * until 72 hours have passed. Stripe does not publish its own intervals; these are ours.
 *
 * @param timeScale how many times faster than that; 60 makes a minute a second
 */
record RetrySchedule(int timeScale) {

    private static final List<Duration> DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(12),
            Duration.ofHours(12),
            Duration.ofHours(12),
            Duration.ofHours(12));

    RetrySchedule {
        if (timeScale < 1) {
            throw new IllegalArgumentException("The webhook time scale is at least 1, not " + timeScale);
        }
    }

    /** The wait after so many failed tries; empty when it is given up. */
    Optional<Duration> afterFailures(int failures) {
        return failures > DELAYS.size()
                ? Optional.empty()
                : Optional.of(DELAYS.get(failures - 1).dividedBy(timeScale));
    }
}
