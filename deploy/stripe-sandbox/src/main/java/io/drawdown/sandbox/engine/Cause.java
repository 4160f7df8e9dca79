package io.drawdown.sandbox.engine;

import org.jspecify.annotations.Nullable;

/**
 * Why something happens: an API request, or the sandbox by itself when both are null.
 *
 * @param requestId {@code req_…}
 */
public record Cause(@Nullable String requestId, @Nullable String idempotencyKey) {

    /** Stripe acted by itself. */
    public static final Cause ITSELF = new Cause(null, null);
}
