package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.reversal.ReversalSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link ReversalSource} on Stripe. */
@Component
class StripeReversals implements ReversalSource {

    private final V1Services stripe;
    private final PaidInvoices invoices;
    private final StripeCalls calls;

    StripeReversals(StripeClient client, PaidInvoices invoices, StripeCalls calls) {
        this.stripe = client.v1();
        this.invoices = invoices;
        this.calls = calls;
    }

    @Override
    public Optional<ReversalSnapshot> find(ObjectRef reversal) {
        var id = reversal.id();
        return switch (reversal.kind()) {
            case REFUND ->
                calls.readIfThere(() -> stripe.refunds().retrieve(id))
                        .map(refund -> ReversalMapping.toSnapshot(refund, invoiceOf(refund.getPaymentIntent())));
            case DISPUTE ->
                calls.readIfThere(() -> stripe.disputes().retrieve(id))
                        .map(dispute -> ReversalMapping.toSnapshot(dispute, invoiceOf(dispute.getPaymentIntent())));
            case CREDIT_NOTE ->
                calls.readIfThere(() -> stripe.creditNotes().retrieve(id)).map(ReversalMapping::toSnapshot);
            case CUSTOMER, PRODUCT, PRICE, METER, INVOICE, PAYMENT ->
                throw new IllegalArgumentException(reversal + " takes no money back.");
        };
    }

    private @Nullable String invoiceOf(@Nullable String paymentId) {
        return Optional.ofNullable(paymentId).flatMap(invoices::paidBy).orElse(null);
    }

    @Override
    public List<ObjectRef> ofPayment(String paymentId) {
        var refunds = Pages.all(calls, id -> stripe.refunds().list(refundsOf(paymentId, id))).stream()
                .map(refund -> new ObjectRef(ObjectKind.REFUND, refund.getId()));
        var disputes = Pages.all(calls, id -> stripe.disputes().list(disputesOf(paymentId, id))).stream()
                .map(dispute -> new ObjectRef(ObjectKind.DISPUTE, dispute.getId()));
        return Stream.concat(refunds, disputes).toList();
    }

    private static RefundListParams refundsOf(String paymentId, @Nullable String after) {
        return RefundListParams.builder()
                .setPaymentIntent(paymentId)
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    private static DisputeListParams disputesOf(String paymentId, @Nullable String after) {
        return DisputeListParams.builder()
                .setPaymentIntent(paymentId)
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }
}
