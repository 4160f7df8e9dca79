package io.drawdown.sandbox.engine;

import java.time.Duration;

/**
 * What Stripe does not promise about its test clocks.
 *
 * @param customers how many a clock has at most
 * @param subscriptions how many that have not ended each of its customers has at most
 * @param lifetime how long a clock, with its customers, is there, in the sandbox's own time; whole seconds
 */
public record ClockSettings(int customers, int subscriptions, Duration lifetime) {

    /** Three customers with three subscriptions each, thirty days. */
    public static final ClockSettings DEFAULT = new ClockSettings(3, 3, Duration.ofDays(30));

    public ClockSettings {
        if (customers < 1 || subscriptions < 1 || lifetime.isNegative()) {
            throw new IllegalArgumentException(
                    "A test clock has at least one customer with one subscription, and no negative lifetime");
        }
    }
}
