package io.drawdown.billing.domain;

/**
 * A meter as Stripe has just shown it.
 *
 * @param formula sum, count or last
 * @param valueKey the payload key that holds the value
 */
public record MeterSnapshot(
        String meterId, String eventName, String displayName, String formula, String valueKey, boolean active) {}
