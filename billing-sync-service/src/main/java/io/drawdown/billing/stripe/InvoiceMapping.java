package io.drawdown.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.domain.InvoiceStatus;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From Stripe's invoice to ours. */
final class InvoiceMapping {

    private InvoiceMapping() {}

    /**
     * @param lines all lines of the invoice, which may be more than it carries itself
     * @param payments all of its payments, of which some may have brought nothing
     */
    static InvoiceSnapshot toSnapshot(Invoice invoice, List<InvoiceLineItem> lines, List<InvoicePayment> payments) {
        var currency = invoice.getCurrency();
        var transitions = invoice.getStatusTransitions();
        return new InvoiceSnapshot(
                invoice.getId(),
                invoice.getNumber(),
                invoice.getCustomer(),
                Metadata.value(invoice.getMetadata(), Metadata.ACCOUNT),
                Metadata.value(invoice.getMetadata(), Metadata.REPLENISHMENT),
                Metadata.value(invoice.getMetadata(), Metadata.WALLET),
                status(invoice),
                money(invoice.getSubtotal(), currency),
                money(invoice.getTotal(), currency),
                money(invoice.getAmountPaid(), currency),
                money(invoice.getAmountRemaining(), currency),
                lines.stream().map(InvoiceMapping::toLine).toList(),
                captured(payments),
                Instant.ofEpochSecond(invoice.getCreated()),
                transitions == null ? null : instant(transitions.getFinalizedAt()),
                transitions == null ? null : instant(transitions.getPaidAt()));
    }

    private static List<InvoiceSnapshot.Captured> captured(List<InvoicePayment> payments) {
        return payments.stream()
                .filter(payment -> payment.getAmountPaid() != null && payment.getAmountPaid() > 0)
                .map(InvoiceMapping::toCaptured)
                .sorted(Comparator.comparing(InvoiceSnapshot.Captured::paidAt))
                .toList();
    }

    private static InvoiceSnapshot.Captured toCaptured(InvoicePayment payment) {
        var by = payment.getPayment();
        var paidAt = payment.getStatusTransitions() == null
                ? null
                : instant(payment.getStatusTransitions().getPaidAt());
        return new InvoiceSnapshot.Captured(
                payment.getId(),
                by == null ? null : by.getPaymentIntent(),
                money(payment.getAmountPaid(), payment.getCurrency()),
                paidAt == null ? Instant.ofEpochSecond(payment.getCreated()) : paidAt);
    }

    static InvoiceStatus status(Invoice invoice) {
        if (Boolean.TRUE.equals(invoice.getDeleted())) {
            return InvoiceStatus.DELETED;
        }
        return switch (invoice.getStatus()) {
            case "draft" -> InvoiceStatus.DRAFT;
            case "open" -> InvoiceStatus.OPEN;
            case "paid" -> InvoiceStatus.PAID;
            case "void" -> InvoiceStatus.VOID;
            case "uncollectible" -> InvoiceStatus.UNCOLLECTIBLE;
            case null, default -> InvoiceStatus.UNKNOWN;
        };
    }

    private static InvoiceSnapshot.Line toLine(InvoiceLineItem line) {
        var pricing = line.getPricing();
        var details = pricing == null ? null : pricing.getPriceDetails();
        var subtotal = line.getSubtotal() == null ? line.getAmount() : line.getSubtotal();
        return new InvoiceSnapshot.Line(
                line.getId(),
                line.getDescription(),
                details == null ? null : details.getPrice(),
                details == null ? null : details.getProduct(),
                quantity(line),
                money(subtotal, line.getCurrency()),
                money(subtotal - discounts(line) - taxesWithin(line), line.getCurrency()));
    }

    private static @Nullable BigDecimal quantity(InvoiceLineItem line) {
        if (line.getQuantityDecimal() != null) {
            return line.getQuantityDecimal();
        }
        return line.getQuantity() == null ? null : BigDecimal.valueOf(line.getQuantity());
    }

    private static long discounts(InvoiceLineItem line) {
        return line.getDiscountAmounts() == null
                ? 0
                : line.getDiscountAmounts().stream()
                        .mapToLong(InvoiceLineItem.DiscountAmount::getAmount)
                        .sum();
    }

    private static long taxesWithin(InvoiceLineItem line) {
        return line.getTaxes() == null
                ? 0
                : line.getTaxes().stream()
                        .filter(tax -> "inclusive".equals(tax.getTaxBehavior()))
                        .mapToLong(InvoiceLineItem.Tax::getAmount)
                        .sum();
    }

    static Money money(@Nullable Long minor, String currency) {
        return MinorUnit.toMajor(minor == null ? 0 : minor, currency);
    }

    private static @Nullable Instant instant(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }
}
