package io.drawdown.billing.reversal;

import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import java.util.List;
import java.util.Optional;

/** Refunds, disputes and credit notes in Stripe. Every method may throw a {@link io.drawdown.billing.domain.StripeFailure}. */
public interface ReversalSource {

    /** Reads one as it is now, with the invoice it is about. */
    Optional<ReversalSnapshot> find(ObjectRef reversal);

    /** All refunds and disputes of a payment. */
    List<ObjectRef> ofPayment(String paymentId);
}
