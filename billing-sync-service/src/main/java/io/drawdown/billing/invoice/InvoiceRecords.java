package io.drawdown.billing.invoice;

import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.events.billing.CapturedPayment;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.events.billing.InvoiceStatus;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From an invoice's snapshot to what is published of it. */
final class InvoiceRecords {

    private InvoiceRecords() {}

    static Invoice toRecord(InvoiceSnapshot invoice, @Nullable String account, Instant seenAt) {
        return Invoice.newBuilder()
                .setInvoiceId(invoice.invoiceId())
                .setNumber(invoice.number())
                .setCustomerId(invoice.customerId())
                .setAccountId(account)
                .setReplenishmentId(invoice.replenishmentId())
                .setWalletId(invoice.walletId())
                .setStatus(toRecord(invoice.status()))
                .setCurrency(invoice.total().currency())
                .setSubtotal(invoice.subtotal().numeral())
                .setTotal(invoice.total().numeral())
                .setAmountPaid(invoice.amountPaid().numeral())
                .setAmountRemaining(invoice.amountRemaining().numeral())
                .setLines(invoice.lines().stream().map(InvoiceRecords::toRecord).toList())
                .setPayments(invoice.payments().stream()
                        .map(InvoiceRecords::toRecord)
                        .toList())
                .setCreatedAt(invoice.createdAt())
                .setFinalizedAt(invoice.finalizedAt())
                .setPaidAt(invoice.paidAt())
                .setSeenAt(seenAt)
                .build();
    }

    private static InvoiceLine toRecord(InvoiceSnapshot.Line line) {
        return InvoiceLine.newBuilder()
                .setLineId(line.lineId())
                .setDescription(line.description())
                .setPriceId(line.priceId())
                .setProductId(line.productId())
                .setQuantity(numeral(line.quantity()))
                .setSubtotal(line.subtotal().numeral())
                .setAmount(line.amount().numeral())
                .build();
    }

    private static CapturedPayment toRecord(InvoiceSnapshot.Captured payment) {
        return CapturedPayment.newBuilder()
                .setInvoicePaymentId(payment.invoicePaymentId())
                .setPaymentId(payment.paymentId())
                .setAmount(payment.amount().numeral())
                .setPaidAt(payment.paidAt())
                .build();
    }

    private static @Nullable String numeral(@Nullable BigDecimal quantity) {
        return quantity == null ? null : quantity.toPlainString();
    }

    private static InvoiceStatus toRecord(io.drawdown.billing.domain.InvoiceStatus status) {
        return switch (status) {
            case UNKNOWN -> InvoiceStatus.UNKNOWN;
            case DRAFT -> InvoiceStatus.DRAFT;
            case OPEN -> InvoiceStatus.OPEN;
            case PAID -> InvoiceStatus.PAID;
            case VOID -> InvoiceStatus.VOID;
            case UNCOLLECTIBLE -> InvoiceStatus.UNCOLLECTIBLE;
            case DELETED -> InvoiceStatus.DELETED;
        };
    }
}
