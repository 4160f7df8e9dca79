package io.drawdown.billing.payment;

import io.drawdown.billing.domain.PaymentSnapshot;
import java.util.Optional;

/** Payment intents in Stripe. */
public interface PaymentSource {

    /**
     * Reads a payment intent and which invoice it pays.
     *
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe does not answer with it
     */
    Optional<PaymentSnapshot> find(String paymentId);
}
