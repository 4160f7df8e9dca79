package io.drawdown.sandbox.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a failed delivery is tried again.
 *
 * @param waits after the first failed try, the second and so on
 * @param timeScale how many times faster than that; 60 makes a minute a second
 */
record RetrySchedule(List<Duration> waits, int timeScale) {

    RetrySchedule {
        if (timeScale < 1) {
            throw new IllegalArgumentException("The webhook time scale is at least 1, not " + timeScale);
        }
    }

    /** The wait after so many failed tries; empty when it is given up. */
    Optional<Duration> afterFailures(int failures) {
        return failures > waits.size()
                ? Optional.empty()
                : Optional.of(waits.get(failures - 1).dividedBy(timeScale));
    }
}
