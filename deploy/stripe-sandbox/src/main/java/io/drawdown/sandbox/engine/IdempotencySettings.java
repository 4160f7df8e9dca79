package io.drawdown.sandbox.engine;

import java.time.Duration;

/**
 * How long results are kept under their idempotency keys, by the sandbox's own time.
 *
 * @param v1 Stripe promises at least 24 hours
 * @param v2 Stripe promises 30 days
 */
public record IdempotencySettings(Duration v1, Duration v2) {

    /** Just what Stripe promises. */
    public static final IdempotencySettings DEFAULT =
            new IdempotencySettings(Duration.ofHours(24), Duration.ofDays(30));

    public IdempotencySettings {
        if (v1.isNegative() || v2.isNegative()) {
            throw new IllegalArgumentException("Results are not kept for a negative time");
        }
    }
}
