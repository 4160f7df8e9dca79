package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/**
 * How a replenishment failed.
 *
 * @param code Stripe's decline or error code, where there is one
 * @param detail the reason in words
 */
public record Failure(FailureReason reason, @Nullable String code, String detail) {}
