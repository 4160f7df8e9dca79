package io.drawdown.billing.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refund, dispute or credit note as Stripe has just shown it.
 *
 * @param kind refund, dispute or credit note
 * @param stripeStatus Stripe's word
 * @param invoiceId the invoice whose money it is; absent where the payment was for none
 * @param amount what it is about in full, tax included; of a credit note what it does not refund
 * @param shares what Stripe says falls to each line of the invoice, before tax; empty where it does not say
 */
public record ReversalSnapshot(
        String reversalId,
        ObjectKind kind,
        ReversalState state,
        String stripeStatus,
        @Nullable String reason,
        @Nullable String paymentId,
        @Nullable String invoiceId,
        Money amount,
        List<Share> shares,
        Instant createdAt) {

    public ReversalSnapshot {
        shares = List.copyOf(shares);
    }

    /** How much of the amount is out of the seller's hands now. */
    public Money takenBack() {
        return state.takes() ? amount : amount.none();
    }

    /** What falls to one line of an invoice. */
    public record Share(String lineId, Money amount) {}
}
