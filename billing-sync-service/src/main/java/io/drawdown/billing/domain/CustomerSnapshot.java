package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/**
 * A customer as Stripe has just shown it.
 *
 * @param claimedAccountId the account that its metadata names; a claim, not yet a link
 * @param hasDefaultPaymentMethod whether an invoice can be charged without asking
 * @param deleted whether only a stub is left
 */
public record CustomerSnapshot(
        String customerId,
        @Nullable String claimedAccountId,
        @Nullable String name,
        @Nullable String email,
        boolean hasDefaultPaymentMethod,
        boolean deleted) {}
