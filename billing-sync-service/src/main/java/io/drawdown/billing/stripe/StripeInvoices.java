package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.service.InvoicePaymentService;
import com.stripe.service.InvoiceService;
import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.invoice.InvoiceSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link InvoiceSource} on Stripe. */
@Component
class StripeInvoices implements InvoiceSource {

    private static final InvoiceRetrieveParams WITH_PAYMENTS =
            InvoiceRetrieveParams.builder().addExpand("payments").build();

    private final InvoiceService invoices;
    private final InvoicePaymentService invoicePayments;
    private final StripeCalls calls;

    StripeInvoices(StripeClient client, StripeCalls calls) {
        this.invoices = client.v1().invoices();
        this.invoicePayments = client.v1().invoicePayments();
        this.calls = calls;
    }

    @Override
    public Optional<InvoiceSnapshot> find(String invoiceId) {
        return calls.readIfThere(() -> invoices.retrieve(invoiceId, WITH_PAYMENTS))
                .map(invoice -> InvoiceMapping.toSnapshot(invoice, linesOf(invoice), paymentsOf(invoice)));
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
        return Pages.all(calls, id -> invoices.lineItems().list(invoice.getId(), pageAfter(id)));
    }

    private List<InvoicePayment> paymentsOf(Invoice invoice) {
        var carried = invoice.getPayments();
        if (carried == null) {
            return List.of();
        }
        if (!Boolean.TRUE.equals(carried.getHasMore())) {
            return carried.getData();
        }
        return Pages.all(calls, id -> invoicePayments.list(paymentsAfter(invoice.getId(), id)));
    }

    private static InvoicePaymentListParams paymentsAfter(String invoiceId, @Nullable String id) {
        return InvoicePaymentListParams.builder()
                .setInvoice(invoiceId)
                .setLimit(Pages.SIZE)
                .setStartingAfter(id)
                .build();
    }

    private static InvoiceLineItemListParams pageAfter(@Nullable String id) {
        return InvoiceLineItemListParams.builder()
                .setLimit(Pages.SIZE)
                .setStartingAfter(id)
                .build();
    }
}
