package io.drawdown.sandbox;

import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.subscription.SubscriptionSettings;

/**
 * Everything that Stripe does not publish and this sandbox has to choose, by feature.
 *
 * @param meters how usage events are processed
 * @param payments fees, and how long it takes what happens later
 * @param subscriptions the end of dunning, and how early a renewal is announced
 */
public record SandboxSettings(MeterSettings meters, PaymentSettings payments, SubscriptionSettings subscriptions) {

    /** Each feature's own default. */
    public static final SandboxSettings DEFAULT =
            new SandboxSettings(MeterSettings.DEFAULT, PaymentSettings.DEFAULT, SubscriptionSettings.DEFAULT);

    public SandboxSettings with(MeterSettings changed) {
        return new SandboxSettings(changed, payments, subscriptions);
    }

    public SandboxSettings with(PaymentSettings changed) {
        return new SandboxSettings(meters, changed, subscriptions);
    }

    public SandboxSettings with(SubscriptionSettings changed) {
        return new SandboxSettings(meters, payments, changed);
    }
}
