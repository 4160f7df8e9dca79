package io.drawdown.billing.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as Stripe has just shown it, with all of its lines.
 *
 * @param claimedAccountId the account that its metadata names
 * @param replenishmentId the replenishment that it charges, by its metadata
 * @param walletId the wallet that asked for it, by its metadata
 */
public record InvoiceSnapshot(
        String invoiceId,
        @Nullable String number,
        String customerId,
        @Nullable String claimedAccountId,
        @Nullable String replenishmentId,
        @Nullable String walletId,
        InvoiceStatus status,
        Money subtotal,
        Money total,
        Money amountPaid,
        Money amountRemaining,
        List<Line> lines,
        List<Captured> payments,
        Instant createdAt,
        @Nullable Instant finalizedAt,
        @Nullable Instant paidAt) {

    public InvoiceSnapshot {
        lines = List.copyOf(lines);
        payments = List.copyOf(payments);
    }

    /**
     * A payment that brought money.
     *
     * @param paymentId the payment intent; absent for a payment outside of Stripe
     * @param amount how much of it went to this invoice
     */
    public record Captured(
            String invoicePaymentId, @Nullable String paymentId, Money amount, Instant paidAt) {}

    /**
     * One line.
     *
     * @param subtotal before discounts and tax
     * @param amount after discounts, before tax
     */
    public record Line(
            String lineId,
            @Nullable String description,
            @Nullable String priceId,
            @Nullable String productId,
            @Nullable BigDecimal quantity,
            Money subtotal,
            Money amount) {}
}
