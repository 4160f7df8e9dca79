package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;

/**
 * What goes back.
 *
 * @param replayed whether this is an earlier result under the same idempotency key
 */
public record Reply(int status, byte[] body, boolean replayed) {

    /** A refusal in Stripe's envelope. */
    public static Reply of(ApiException refusal) {
        return new Reply(refusal.status(), Json.bytes(refusal.body()), false);
    }
}
