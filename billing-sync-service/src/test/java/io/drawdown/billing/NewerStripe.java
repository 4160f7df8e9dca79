package io.drawdown.billing;

import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversalState;
import io.drawdown.billing.reversal.ReversalSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/** Stripe as the sandbox cannot be: with statuses of refunds and disputes that this version does not know. */
@TestComponent
public class NewerStripe implements BeanPostProcessor {

    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** From now on Stripe says this of a refund or dispute. */
    public void says(String reversalId, String status) {
        statuses.put(reversalId, status);
    }

    /** From now on Stripe says of it what everybody knows. */
    public void saysNothingNew(String reversalId) {
        statuses.remove(reversalId);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ReversalSource known ? new Newer(known) : bean;
    }

    private final class Newer implements ReversalSource {

        private final ReversalSource known;

        private Newer(ReversalSource known) {
            this.known = known;
        }

        @Override
        public Optional<ReversalSnapshot> find(ObjectRef reversal) {
            var found = known.find(reversal);
            var status = statuses.get(reversal.id());
            return status == null ? found : found.map(snapshot -> with(snapshot, status));
        }

        @Override
        public List<ObjectRef> ofPayment(String paymentId) {
            return known.ofPayment(paymentId);
        }
    }

    private static ReversalSnapshot with(ReversalSnapshot seen, String status) {
        return new ReversalSnapshot(
                seen.reversalId(),
                seen.kind(),
                ReversalState.UNKNOWN,
                status,
                seen.reason(),
                seen.paymentId(),
                seen.invoiceId(),
                seen.amount(),
                seen.shares(),
                seen.createdAt());
    }
}
