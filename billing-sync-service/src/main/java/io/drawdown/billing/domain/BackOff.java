package io.drawdown.billing.domain;

import java.time.Duration;

/**
 * How long to wait before trying again: the first delay, doubled with each failed try up to a limit.
 *
 * @param first after one failed try
 * @param limit never longer than this
 */
public record BackOff(Duration first, Duration limit) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * The wait before the next try.
     *
     * @param failedTries how many tries have failed; at least 1
     */
    public Duration after(int failedTries) {
        var doublings = Math.clamp(failedTries - 1L, 0, MOST_DOUBLINGS);
        var delay = first.multipliedBy(1L << doublings);
        return delay.compareTo(limit) < 0 ? delay : limit;
    }
}
