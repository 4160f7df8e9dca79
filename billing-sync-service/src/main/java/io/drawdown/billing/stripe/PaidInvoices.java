package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.service.InvoicePaymentService;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which invoice a payment pays: a payment intent no longer names it, only the join between the two does. */
@Component
class PaidInvoices {

    private final InvoicePaymentService invoicePayments;
    private final StripeCalls calls;

    PaidInvoices(StripeClient client, StripeCalls calls) {
        this.invoicePayments = client.v1().invoicePayments();
        this.calls = calls;
    }

    Optional<String> paidBy(String paymentId) {
        var query = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentId)
                        .build())
                .setLimit(1L)
                .build();
        return calls.read(() -> invoicePayments.list(query)).getData().stream()
                .findFirst()
                .map(join -> join.getInvoice());
    }
}
