package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes back.
 *
 * @param replayed whether this is an earlier result under the same idempotency key
 * @param retry whether repeating the request helps; null when that is left to the client
 */
public record Reply(
        int status, byte[] body, boolean replayed, @Nullable Boolean retry) {

    private static final Set<String> PASSING = Set.of("idempotency_key_in_use", "lock_timeout");

    public Reply(int status, byte[] body, boolean replayed) {
        this(status, body, replayed, null);
    }

    /** A refusal in Stripe's envelope. */
    public static Reply of(ApiException refusal) {
        var body = refusal.body();
        var code = Json.string(body, "error.code");
        return new Reply(
                refusal.status(), Json.bytes(body), false, code != null && PASSING.contains(code) ? true : null);
    }
}
