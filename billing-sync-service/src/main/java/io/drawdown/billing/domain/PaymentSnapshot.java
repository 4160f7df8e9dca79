package io.drawdown.billing.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent as Stripe has just shown it.
 *
 * @param status Stripe's word
 * @param received what has been captured
 * @param reversed whether some of it was refunded or disputed since
 */
public record PaymentSnapshot(
        String paymentId,
        @Nullable String invoiceId,
        @Nullable String customerId,
        String status,
        Money amount,
        Money received,
        @Nullable String failureCode,
        @Nullable String declineCode,
        boolean reversed,
        Instant createdAt) {}
