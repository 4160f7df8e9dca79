package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/**
 * The invoice of a replenishment as Stripe has just shown it: what the next step is decided on.
 *
 * @param subtotal of its lines; zero while it has none
 * @param hasLines whether there is any line on it
 */
public record ChargeInvoice(
        String invoiceId,
        InvoiceStatus status,
        boolean hasLines,
        Money subtotal,
        @Nullable String paymentId,
        PaymentProgress progress) {

    /** How far the payment of the invoice has come. */
    public sealed interface PaymentProgress {

        /** Nobody has tried yet, or what was tried left no trace. */
        record Untried() implements PaymentProgress {}

        /** Stripe will tell later. */
        record Pending() implements PaymentProgress {}

        /** The last try failed. */
        record Failed(Failure failure) implements PaymentProgress {}
    }
}
