package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.service.PaymentIntentService;
import io.drawdown.billing.domain.PaymentSnapshot;
import io.drawdown.billing.payment.PaymentSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** {@link PaymentSource} on Stripe. */
@Component
class StripePayments implements PaymentSource {

    private static final PaymentIntentRetrieveParams WITH_CHARGE =
            PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();

    private final PaymentIntentService payments;
    private final PaidInvoices invoices;
    private final StripeCalls calls;

    StripePayments(StripeClient client, PaidInvoices invoices, StripeCalls calls) {
        this.payments = client.v1().paymentIntents();
        this.invoices = invoices;
        this.calls = calls;
    }

    @Override
    public Optional<PaymentSnapshot> find(String paymentId) {
        return calls.readIfThere(() -> payments.retrieve(paymentId, WITH_CHARGE))
                .map(payment -> PaymentMapping.toSnapshot(
                        payment, invoices.paidBy(paymentId).orElse(null)));
    }
}
