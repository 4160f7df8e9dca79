package io.drawdown.reporting.invoice;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.reporting.projection.ProjectionStore;
import io.drawdown.reporting.projection.TopicProjection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the tables of invoices, their lines and their payments: the latest state of each invoice, whole. */
@Component
class InvoiceProjection extends TopicProjection<Invoice> {

    private final InvoiceTable table;

    InvoiceProjection(ProjectionStore store, InvoiceTable table) {
        super(Topic.BILLING_INVOICES, store);
        this.table = table;
    }

    @Override
    protected void apply(List<Invoice> invoices) {
        for (var invoice : invoices) {
            if (table.storeIfNotOlder(invoice)) {
                table.replaceLines(invoice);
                table.replacePayments(invoice);
            }
        }
    }
}
