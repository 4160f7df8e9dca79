package io.drawdown.billing.reversal;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.invoice.InvoiceSource;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.events.Topic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads reversals of one kind with the invoice they take from. */
final class ReversalReader implements ObjectReader {

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
        return stripe.find(new ObjectRef(kind, reversalId)).map(this::observe);
    }

    private Observation observe(ReversalSnapshot reversal) {
        var invoice = Optional.ofNullable(reversal.invoiceId())
                .flatMap(invoices::find)
                .orElse(null);
        var account = invoice == null ? null : accountOf(invoice);
        return new Observation(
                Topic.BILLING_PAYMENTS,
                invoice == null ? null : invoice.customerId(),
                account,
                seenAt -> ReversalRecords.toRecord(reversal, invoice, account, seenAt));
    }

    private @Nullable String accountOf(InvoiceSnapshot invoice) {
        return customers.ownerOf(invoice.customerId()).orElse(invoice.claimedAccountId());
    }
}
