package io.drawdown.sandbox;

import io.drawdown.sandbox.engine.IdempotencySettings;
import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.webhook.WebhookSettings;

/**
 * Everything that Stripe does not publish and this sandbox has to choose, by feature.
 *
 * @param meters how usage events are processed
 * @param payments fees, and how long it takes what happens later
 * @param webhooks how many endpoints there may be
 * @param idempotency how long results are kept
 */
public record SandboxSettings(
        MeterSettings meters, PaymentSettings payments, WebhookSettings webhooks, IdempotencySettings idempotency) {

    /** Each feature's own default. */
    public static final SandboxSettings DEFAULT = new SandboxSettings(
            MeterSettings.DEFAULT, PaymentSettings.DEFAULT, WebhookSettings.DEFAULT, IdempotencySettings.DEFAULT);

    public SandboxSettings with(MeterSettings changed) {
        return new SandboxSettings(changed, payments, webhooks, idempotency);
    }

    public SandboxSettings with(PaymentSettings changed) {
        return new SandboxSettings(meters, changed, webhooks, idempotency);
    }

    public SandboxSettings with(WebhookSettings changed) {
        return new SandboxSettings(meters, payments, changed, idempotency);
    }

    public SandboxSettings with(IdempotencySettings changed) {
        return new SandboxSettings(meters, payments, webhooks, changed);
    }
}
