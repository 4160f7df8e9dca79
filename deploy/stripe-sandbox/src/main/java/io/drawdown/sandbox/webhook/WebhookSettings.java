package io.drawdown.sandbox.webhook;

/**
 * What Stripe does not publish about webhooks.
 *
 * @param maxEndpoints webhook endpoints and event destinations together
 */
public record WebhookSettings(int maxEndpoints) {

    /** Sixteen. */
    public static final WebhookSettings DEFAULT = new WebhookSettings(16);

    public WebhookSettings {
        if (maxEndpoints < 1) {
            throw new IllegalArgumentException("There is at least one webhook endpoint, not " + maxEndpoints);
        }
    }
}
