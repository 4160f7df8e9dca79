package io.drawdown.billing;

import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import io.drawdown.billing.domain.InvoiceStatus;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversalState;
import io.drawdown.billing.replenishment.Charges;
import io.drawdown.billing.reversal.ReversalSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/** Stripe as the sandbox cannot be: with statuses that this version does not know. */
@TestComponent
public class NewerStripe implements BeanPostProcessor {

    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** From now on Stripe says this of a refund or dispute, or of the invoice or payment of a charge. */
    public void says(String objectId, String status) {
        statuses.put(objectId, status);
    }

    /** From now on Stripe says of it what everybody knows. */
    public void saysNothingNew(String objectId) {
        statuses.remove(objectId);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
            case ReversalSource known -> new Newer(known);
            case Charges known -> newer(known);
            default -> bean;
        };
    }

    private Charges newer(Charges known) {
        InvocationHandler answers = (_, method, arguments) -> {
            try {
                var answer = method.invoke(known, arguments);
                return answer == null ? null : renewed(answer);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
        return (Charges)
                Proxy.newProxyInstance(Charges.class.getClassLoader(), new Class<?>[] {Charges.class}, answers);
    }

    private Object renewed(Object answer) {
        return switch (answer) {
            case Optional<?> found -> found.map(seen -> renewed(seen));
            case ChargeInvoice seen -> with(seen);
            default -> answer;
        };
    }

    private ChargeInvoice with(ChargeInvoice seen) {
        var status = statuses.get(seen.invoiceId());
        var ofPayment = seen.paymentId() == null ? null : statuses.get(seen.paymentId());
        return new ChargeInvoice(
                seen.invoiceId(),
                status == null ? seen.status() : InvoiceStatus.UNKNOWN,
                status == null ? seen.stripeStatus() : status,
                seen.hasLines(),
                seen.subtotal(),
                seen.amountPaid(),
                seen.amountRemaining(),
                seen.paymentPage(),
                seen.paymentId(),
                ofPayment == null ? seen.progress() : new PaymentProgress.Unknown(ofPayment));
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
