package io.drawdown.billing.reversal;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversalState;
import io.drawdown.billing.invoice.InvoiceSource;
import io.drawdown.billing.mirror.Content;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.PaymentReversal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads reversals of one kind with the invoice they take from. A status that this version does not know says nothing of the
 * money: what was last published as taken back stays.
 */
final class ReversalReader implements ObjectReader {

    private static final Logger log = LoggerFactory.getLogger(ReversalReader.class);

    private final ObjectKind kind;
    private final ReversalSource stripe;
    private final InvoiceSource invoices;
    private final CustomerLinks customers;

    ReversalReader(ObjectKind kind, ReversalSource stripe, InvoiceSource invoices, CustomerLinks customers) {
        this.kind = kind;
        this.stripe = stripe;
        this.invoices = invoices;
        this.customers = customers;
    }

    @Override
    public ObjectKind kind() {
        return kind;
    }

    @Override
    public Optional<Observation> read(String reversalId) {
        return read(reversalId, null);
    }

    @Override
    public Optional<Observation> read(String reversalId, @Nullable ByteBuffer lastContent) {
        return stripe.find(new ObjectRef(kind, reversalId)).map(reversal -> observe(reversal, lastContent));
    }

    private Observation observe(ReversalSnapshot reversal, @Nullable ByteBuffer lastContent) {
        var invoice = Optional.ofNullable(reversal.invoiceId())
                .flatMap(invoices::find)
                .orElse(null);
        var account = invoice == null ? null : accountOf(invoice);
        return new Observation(
                Topic.BILLING_PAYMENTS,
                invoice == null ? null : invoice.customerId(),
                account,
                rendering(reversal, invoice, account, lastContent));
    }

    private static Function<Instant, SpecificRecord> rendering(
            ReversalSnapshot reversal,
            @Nullable InvoiceSnapshot invoice,
            @Nullable String account,
            @Nullable ByteBuffer lastContent) {
        if (reversal.state() != ReversalState.UNKNOWN) {
            return seenAt -> ReversalRecords.toRecord(reversal, invoice, account, seenAt);
        }
        var last = lastContent == null ? null : Content.decode(lastContent, PaymentReversal.class);
        tellOnce(reversal, last);
        return seenAt -> ReversalRecords.keeping(last, ReversalRecords.toRecord(reversal, invoice, account, seenAt));
    }

    /** The status is published, so that it is new only once. */
    private static void tellOnce(ReversalSnapshot reversal, @Nullable PaymentReversal last) {
        if (last == null || !last.getStripeStatus().equals(reversal.stripeStatus())) {
            log.warn(
                    "{} {} is {} in Stripe, which this version does not know; what it has taken back stays {}.",
                    reversal.kind(),
                    reversal.reversalId(),
                    reversal.stripeStatus(),
                    last == null ? reversal.takenBack() : ReversalRecords.takenBack(last));
        }
    }

    private @Nullable String accountOf(InvoiceSnapshot invoice) {
        return customers.ownerOf(invoice.customerId()).orElse(invoice.claimedAccountId());
    }
}
