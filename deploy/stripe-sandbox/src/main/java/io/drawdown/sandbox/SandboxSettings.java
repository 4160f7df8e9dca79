package io.drawdown.sandbox;

import io.drawdown.sandbox.engine.BillingSettings;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.IdempotencySettings;
import io.drawdown.sandbox.limits.RateSettings;
import io.drawdown.sandbox.meter.MeterSettings;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.search.SearchSettings;
import io.drawdown.sandbox.subscription.SubscriptionSettings;
import io.drawdown.sandbox.webhook.WebhookSettings;

/**
 * Everything that Stripe does not publish and this sandbox has to choose, by feature.
 *
 * @param meters how usage events are processed
 * @param payments fees, and how long it takes what happens later
 * @param webhooks how many endpoints there may be
 * @param idempotency how long results are kept
 * @param search when new objects can be found
 * @param rates how many requests a second are too many
 * @param subscriptions the end of dunning, and how early a renewal is announced
 * @param clocks how much a test clock has, and how long it is there
 * @param billing how lines are rounded, and what holds for billing credits
 */
public record SandboxSettings(
        MeterSettings meters,
        PaymentSettings payments,
        WebhookSettings webhooks,
        IdempotencySettings idempotency,
        SearchSettings search,
        RateSettings rates,
        SubscriptionSettings subscriptions,
        ClockSettings clocks,
        BillingSettings billing) {

    /** Each feature's own default. */
    public static final SandboxSettings DEFAULT = new SandboxSettings(
            MeterSettings.DEFAULT,
            PaymentSettings.DEFAULT,
            WebhookSettings.DEFAULT,
            IdempotencySettings.DEFAULT,
            SearchSettings.DEFAULT,
            RateSettings.OFF,
            SubscriptionSettings.DEFAULT,
            ClockSettings.DEFAULT,
            BillingSettings.DEFAULT);

    public SandboxSettings with(MeterSettings changed) {
        return new SandboxSettings(
                changed, payments, webhooks, idempotency, search, rates, subscriptions, clocks, billing);
    }

    public SandboxSettings with(PaymentSettings changed) {
        return new SandboxSettings(
                meters, changed, webhooks, idempotency, search, rates, subscriptions, clocks, billing);
    }

    public SandboxSettings with(WebhookSettings changed) {
        return new SandboxSettings(
                meters, payments, changed, idempotency, search, rates, subscriptions, clocks, billing);
    }

    public SandboxSettings with(IdempotencySettings changed) {
        return new SandboxSettings(meters, payments, webhooks, changed, search, rates, subscriptions, clocks, billing);
    }

    public SandboxSettings with(SearchSettings changed) {
        return new SandboxSettings(
                meters, payments, webhooks, idempotency, changed, rates, subscriptions, clocks, billing);
    }

    public SandboxSettings with(RateSettings changed) {
        return new SandboxSettings(
                meters, payments, webhooks, idempotency, search, changed, subscriptions, clocks, billing);
    }

    public SandboxSettings with(SubscriptionSettings changed) {
        return new SandboxSettings(meters, payments, webhooks, idempotency, search, rates, changed, clocks, billing);
    }

    public SandboxSettings with(ClockSettings changed) {
        return new SandboxSettings(
                meters, payments, webhooks, idempotency, search, rates, subscriptions, changed, billing);
    }

    public SandboxSettings with(BillingSettings changed) {
        return new SandboxSettings(
                meters, payments, webhooks, idempotency, search, rates, subscriptions, clocks, changed);
    }
}
