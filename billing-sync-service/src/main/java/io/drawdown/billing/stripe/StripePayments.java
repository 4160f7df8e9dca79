package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.service.InvoicePaymentService;
import com.stripe.service.PaymentIntentService;
import io.drawdown.billing.domain.PaymentSnapshot;
import io.drawdown.billing.payment.PaymentSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link PaymentSource} on Stripe. */
@Component
class StripePayments implements PaymentSource {

    private final PaymentIntentService payments;
    private final InvoicePaymentService invoicePayments;
    private final StripeCalls calls;

    StripePayments(StripeClient client, StripeCalls calls) {
        this.payments = client.v1().paymentIntents();
        this.invoicePayments = client.v1().invoicePayments();
        this.calls = calls;
    }

    @Override
    public Optional<PaymentSnapshot> find(String paymentId) {
        return calls.readIfThere(() -> payments.retrieve(paymentId))
                .map(payment -> PaymentMapping.toSnapshot(payment, invoiceOf(paymentId)));
    }

    /** A payment intent no longer names its invoice; only the join between the two does. */
    private @Nullable String invoiceOf(String paymentId) {
        var query = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentId)
                        .build())
                .setLimit(1L)
                .build();
        var found = calls.read(() -> invoicePayments.list(query)).getData();
        return found.isEmpty() ? null : found.getFirst().getInvoice();
    }
}
