package io.drawdown.sandbox.engine;

import java.time.Duration;

/**
 * What Stripe does not promise about its test clocks.
 *
 * @param customers how many a clock has at most
 * @param lifetime how long a clock, with its customers, is there, in the sandbox's own time; whole seconds
 */
public record ClockSettings(int customers, Duration lifetime) {

    /** Three customers, thirty days. */
    public static final ClockSettings DEFAULT = new ClockSettings(3, Duration.ofDays(30));

    public ClockSettings {
        if (customers < 1 || lifetime.isNegative()) {
            throw new IllegalArgumentException("A test clock has at least one customer, and no negative lifetime");
        }
    }
}
