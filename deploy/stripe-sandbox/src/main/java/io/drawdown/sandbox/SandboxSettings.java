package io.drawdown.sandbox;

import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.webhook.WebhookSettings;

/**
 * Everything that Stripe does not publish and this sandbox has to choose, by feature.
 *
 * @param meters how usage events are processed
 * @param payments fees, and how long it takes what happens later
 * @param webhooks how many endpoints there may be
 */
public record SandboxSettings(MeterSettings meters, PaymentSettings payments, WebhookSettings webhooks) {

    /** Each feature's own default. */
    public static final SandboxSettings DEFAULT =
            new SandboxSettings(MeterSettings.DEFAULT, PaymentSettings.DEFAULT, WebhookSettings.DEFAULT);

    public SandboxSettings with(MeterSettings changed) {
        return new SandboxSettings(changed, payments, webhooks);
    }

    public SandboxSettings with(PaymentSettings changed) {
        return new SandboxSettings(meters, changed, webhooks);
    }

    public SandboxSettings with(WebhookSettings changed) {
        return new SandboxSettings(meters, payments, changed);
    }
}
