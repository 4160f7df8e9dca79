package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.service.InvoiceService;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.invoice.InvoiceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** {@link InvoiceSource} on Stripe. */
@Component
class StripeInvoices implements InvoiceSource {

    private static final long PAGE = 100;

    private final InvoiceService invoices;
    private final StripeCalls calls;

    StripeInvoices(StripeClient client, StripeCalls calls) {
        this.invoices = client.v1().invoices();
        this.calls = calls;
    }

    @Override
    public Optional<InvoiceSnapshot> find(String invoiceId) {
        return calls.readIfThere(() -> invoices.retrieve(invoiceId))
                .map(invoice -> InvoiceMapping.toSnapshot(invoice, linesOf(invoice)));
    }

    /** An invoice carries only its first lines; a longer one is asked for the rest. */
    private List<InvoiceLineItem> linesOf(Invoice invoice) {
        var carried = invoice.getLines();
        if (carried == null) {
            return List.of();
        }
        if (!Boolean.TRUE.equals(carried.getHasMore())) {
            return carried.getData();
        }
        var query = InvoiceLineItemListParams.builder().setLimit(PAGE).build();
        return calls.read(() -> {
            var all = new ArrayList<InvoiceLineItem>();
            invoices.lineItems()
                    .list(invoice.getId(), query)
                    .autoPagingIterable()
                    .forEach(all::add);
            return all;
        });
    }
}
