package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import java.util.LinkedHashMap;

/** One request too many, and why it is. */
final class RateLimited extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RateLimited(String reason) {
        super(reason);
    }

    ApiException refusal() {
        return ApiException.of(
                429,
                "invalid_request_error",
                "rate_limit",
                "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.");
    }

    /** The answer with the reason in its header. */
    Outgoing mark(Outgoing answer) {
        var headers = new LinkedHashMap<>(answer.headers());
        headers.put("Stripe-Rate-Limited-Reason", String.valueOf(getMessage()));
        return new Outgoing(answer.status(), headers, answer.body());
    }
}
