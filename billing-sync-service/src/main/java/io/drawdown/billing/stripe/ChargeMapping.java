package io.drawdown.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.MinorUnit;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From Stripe's invoice, with its payments expanded, to what the next step of a charge is decided on. */
final class ChargeMapping {

    /** What must be expanded for {@link #toChargeInvoice}. */
    static final String PAYMENT_INTENTS = "payments.data.payment.payment_intent";

    private ChargeMapping() {}

    static ChargeInvoice toChargeInvoice(Invoice invoice) {
        var payment = paymentOf(invoice);
        return new ChargeInvoice(
                invoice.getId(),
                InvoiceMapping.status(invoice),
                invoice.getLines() != null && !invoice.getLines().getData().isEmpty(),
                MinorUnit.toMajor(invoice.getSubtotal(), invoice.getCurrency()),
                InvoiceMapping.money(invoice.getAmountPaid(), invoice.getCurrency()),
                InvoiceMapping.money(invoice.getAmountRemaining(), invoice.getCurrency()),
                invoice.getHostedInvoiceUrl(),
                payment == null ? null : payment.getId(),
                PaymentMapping.progressOf(payment));
    }

    /** The payment by which the invoice is collected; where several were tried, the newest. */
    private static @Nullable PaymentIntent paymentOf(Invoice invoice) {
        if (invoice.getPayments() == null) {
            return null;
        }
        return invoice.getPayments().getData().stream()
                .sorted(Comparator.comparing(InvoicePayment::getCreated).reversed())
                .flatMap(tried -> Optional.ofNullable(tried.getPayment().getPaymentIntentObject()).stream())
                .findFirst()
                .orElse(null);
    }
}
