package io.drawdown.billing.invoice;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.mirror.Content;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads invoices with their account; a draft that is gone is published once more, as deleted. */
@Component
class InvoiceReader implements ObjectReader {

    private final InvoiceSource stripe;
    private final CustomerLinks customers;

    InvoiceReader(InvoiceSource stripe, CustomerLinks customers) {
        this.stripe = stripe;
        this.customers = customers;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.INVOICE;
    }

    @Override
    public Optional<Observation> read(String invoiceId) {
        return stripe.find(invoiceId).map(this::observe);
    }

    private Observation observe(InvoiceSnapshot invoice) {
        var account = customers.ownerOf(invoice.customerId()).orElse(invoice.claimedAccountId());
        return new Observation(
                Topic.BILLING_INVOICES,
                invoice.customerId(),
                account,
                seenAt -> InvoiceRecords.toRecord(invoice, account, seenAt));
    }

    @Override
    public Optional<Observation> readGone(ByteBuffer lastContent) {
        var last = Content.decode(lastContent, Invoice.class);
        return Optional.of(new Observation(
                Topic.BILLING_INVOICES,
                last.getCustomerId(),
                last.getAccountId(),
                seenAt -> Invoice.newBuilder(last)
                        .setStatus(InvoiceStatus.DELETED)
                        .setSeenAt(seenAt)
                        .build()));
    }
}
