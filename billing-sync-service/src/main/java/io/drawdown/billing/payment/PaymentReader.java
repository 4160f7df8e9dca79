package io.drawdown.billing.payment;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.PaymentSnapshot;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.reversal.ReversalSource;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Payment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads payment intents with the invoice and the account they belong to, and asks for what took money of them back. */
@Component
class PaymentReader implements ObjectReader {

    private final PaymentSource stripe;
    private final CustomerLinks customers;
    private final ReversalSource reversals;
    private final RefreshQueue refreshes;

    PaymentReader(PaymentSource stripe, CustomerLinks customers, ReversalSource reversals, RefreshQueue refreshes) {
        this.stripe = stripe;
        this.customers = customers;
        this.reversals = reversals;
        this.refreshes = refreshes;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.PAYMENT;
    }

    @Override
    public Optional<Observation> read(String paymentId) {
        return stripe.find(paymentId).map(this::observe);
    }

    private Observation observe(PaymentSnapshot payment) {
        var customer = payment.customerId();
        var account = customer == null ? null : customers.ownerOf(customer).orElse(null);
        if (payment.reversed()) {
            reversals.ofPayment(payment.paymentId()).forEach(refreshes::request);
        }
        return new Observation(Topic.BILLING_PAYMENTS, customer, account, seenAt -> toRecord(payment, account, seenAt));
    }

    private static Payment toRecord(PaymentSnapshot payment, @Nullable String account, Instant seenAt) {
        return Payment.newBuilder()
                .setPaymentId(payment.paymentId())
                .setInvoiceId(payment.invoiceId())
                .setCustomerId(payment.customerId())
                .setAccountId(account)
                .setStatus(payment.status())
                .setAmount(toRecord(payment.amount()))
                .setAmountReceived(toRecord(payment.received()))
                .setFailureCode(payment.failureCode())
                .setDeclineCode(payment.declineCode())
                .setCreatedAt(payment.createdAt())
                .setSeenAt(seenAt)
                .build();
    }

    private static io.drawdown.events.Money toRecord(Money money) {
        return new io.drawdown.events.Money(money.numeral(), money.currency());
    }
}
