package io.drawdown.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import io.drawdown.billing.domain.MinorUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From Stripe's invoice, with its payments expanded, to what the next step of a charge is decided on. */
final class ChargeMapping {

    /** What must be expanded for {@link #toChargeInvoice}. */
    static final String PAYMENT_INTENTS = "payments.data.payment.payment_intent";

    private ChargeMapping() {}

    static ChargeInvoice toChargeInvoice(Invoice invoice) {
        return new ChargeInvoice(
                invoice.getId(),
                InvoiceMapping.status(invoice),
                String.valueOf(invoice.getStatus()),
                invoice.getLines() != null && !invoice.getLines().getData().isEmpty(),
                MinorUnit.toMajor(invoice.getSubtotal(), invoice.getCurrency()),
                InvoiceMapping.money(invoice.getAmountPaid(), invoice.getCurrency()),
                InvoiceMapping.money(invoice.getAmountRemaining(), invoice.getCurrency()),
                invoice.getHostedInvoiceUrl(),
                intentsOf(payments(invoice))
                        .map(PaymentIntent::getId)
                        .findFirst()
                        .orElse(null),
                progressOf(payments(invoice).stream()
                        .filter(payment -> !"paid".equals(payment.getStatus()))
                        .toList()));
    }

    /** One payment under way, or perhaps under way, is enough to wait; else the foremost says how things stand. */
    private static PaymentProgress progressOf(List<InvoicePayment> notCounted) {
        var each = intentsOf(notCounted).map(PaymentMapping::progressOf).toList();
        return firstOf(PaymentProgress.Pending.class, each)
                .or(() -> firstOf(PaymentProgress.Unknown.class, each))
                .or(() -> each.stream().findFirst())
                .orElseGet(PaymentProgress.Untried::new);
    }

    private static Optional<PaymentProgress> firstOf(
            Class<? extends PaymentProgress> kind, List<PaymentProgress> each) {
        return each.stream().filter(kind::isInstance).findFirst();
    }

    /** Those that are still open first, of these the newest. */
    private static List<InvoicePayment> payments(Invoice invoice) {
        return invoice.getPayments() == null
                ? List.of()
                : invoice.getPayments().getData().stream()
                        .sorted(Comparator.comparing((InvoicePayment payment) -> !"open".equals(payment.getStatus()))
                                .thenComparing(InvoicePayment::getCreated, Comparator.reverseOrder()))
                        .toList();
    }

    private static Stream<PaymentIntent> intentsOf(List<InvoicePayment> payments) {
        return payments.stream()
                .flatMap(payment -> Optional.ofNullable(payment.getPayment().getPaymentIntentObject()).stream());
    }
}
