package io.drawdown.sandbox;

import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;

/**
 * Everything that Stripe does not publish and this sandbox has to choose, by feature.
 *
 * @param meters how usage events are processed
 * @param payments fees, and how long it takes what happens later
 */
public record SandboxSettings(MeterSettings meters, PaymentSettings payments) {

    /** Each feature's own default. */
    public static final SandboxSettings DEFAULT = new SandboxSettings(MeterSettings.DEFAULT, PaymentSettings.DEFAULT);

    public SandboxSettings with(MeterSettings changed) {
        return new SandboxSettings(changed, payments);
    }

    public SandboxSettings with(PaymentSettings changed) {
        return new SandboxSettings(meters, changed);
    }
}
