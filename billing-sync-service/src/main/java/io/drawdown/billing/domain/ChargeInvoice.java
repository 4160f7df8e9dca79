package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/**
 * The invoice of a replenishment as Stripe has just shown it: what the next step is decided on.
 *
 * @param stripeStatus the status in Stripe's word, which says more where ours is UNKNOWN
 * @param subtotal of its lines; zero while it has none
 * @param hasLines whether there is any line on it
 * @param amountPaid what has come in for it so far
 * @param amountRemaining what is still owed
 * @param paymentPage where its customer can pay it; absent until it is finalized
 */
public record ChargeInvoice(
        String invoiceId,
        InvoiceStatus status,
        String stripeStatus,
        boolean hasLines,
        Money subtotal,
        Money amountPaid,
        Money amountRemaining,
        @Nullable String paymentPage,
        @Nullable String paymentId,
        PaymentProgress progress) {

    /** Whether money has come in and more is owed. */
    public boolean isPartlyPaid() {
        return amountPaid.amount().signum() > 0 && amountRemaining.amount().signum() > 0;
    }

    /** How far the payment of the invoice has come. */
    public sealed interface PaymentProgress {

        /** Nobody has tried yet, or what was tried left no trace. */
        record Untried() implements PaymentProgress {}

        /** Stripe will tell later. */
        record Pending() implements PaymentProgress {}

        /** It may be anything: a newer Stripe has invented the status. */
        record Unknown(String stripeStatus) implements PaymentProgress {}

        /** The last try failed. */
        record Failed(Failure failure) implements PaymentProgress {}
    }
}
