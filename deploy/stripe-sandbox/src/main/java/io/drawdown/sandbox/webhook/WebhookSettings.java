package io.drawdown.sandbox.webhook;

import java.time.Duration;

/**
 * What Stripe does not publish about webhooks.
 *
 * @param maxEndpoints webhook endpoints and event destinations together
 * @param timeout how long an endpoint has to answer
 */
public record WebhookSettings(int maxEndpoints, Duration timeout) {

    /** Sixteen endpoints, ten seconds. */
    public static final WebhookSettings DEFAULT = new WebhookSettings(16, Duration.ofSeconds(10));

    public WebhookSettings {
        if (maxEndpoints < 1) {
            throw new IllegalArgumentException("There is at least one webhook endpoint, not " + maxEndpoints);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("An endpoint has some time to answer, not " + timeout);
        }
    }
}
