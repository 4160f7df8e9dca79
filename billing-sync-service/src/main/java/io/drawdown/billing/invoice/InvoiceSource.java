package io.drawdown.billing.invoice;

import io.drawdown.billing.domain.InvoiceSnapshot;
import java.util.Optional;

/** Invoices in Stripe. */
public interface InvoiceSource {

    /**
     * Reads an invoice with all of its lines.
     *
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe does not answer with it
     */
    Optional<InvoiceSnapshot> find(String invoiceId);
}
