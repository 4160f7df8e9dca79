package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.InvoiceVoidInvoiceParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.replenishment.Charges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link Charges} on Stripe. */
@Component
class StripeCharges implements Charges {

    /** Clocks differ, and a test clock's customer lives at another time; a day is far more than the first. */
    private static final Duration CLOCK_SLACK = Duration.ofDays(1);

    private final V1Services stripe;
    private final StripeCalls calls;

    StripeCharges(StripeClient client, StripeCalls calls) {
        this.stripe = client.v1();
        this.calls = calls;
    }

    @Override
    public Optional<ChargeInvoice> find(String invoiceId) {
        var withPayments = InvoiceRetrieveParams.builder()
                .addExpand(ChargeMapping.PAYMENT_INTENTS)
                .build();
        return calls.readIfThere(() -> stripe.invoices().retrieve(invoiceId, withPayments))
                .map(ChargeMapping::toChargeInvoice);
    }

    /** By the list, newest first: it shows what was just created, which the search does not promise. */
    @Override
    public Optional<ChargeInvoice> findOf(Replenishment replenishment) {
        var oldest = replenishment.requestedAt().minus(CLOCK_SLACK).getEpochSecond();
        var found = new ArrayList<String>();
        Pages.walk(calls, id -> stripe.invoices().list(pageOf(replenishment, id)), invoice -> {
            if (isOf(replenishment, invoice)) {
                found.add(invoice.getId());
            }
            return found.isEmpty() && invoice.getCreated() >= oldest;
        });
        return found.stream().findFirst().flatMap(this::find);
    }

    private static boolean isOf(Replenishment replenishment, Invoice invoice) {
        var named = Metadata.value(invoice.getMetadata(), Metadata.REPLENISHMENT);
        return replenishment.replenishmentId().equals(named);
    }

    private static InvoiceListParams pageOf(Replenishment replenishment, @Nullable String after) {
        return InvoiceListParams.builder()
                .setCustomer(replenishment.customerId())
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    @Override
    public ChargeInvoice createInvoice(Replenishment replenishment) {
        var request = ChargeRequests.invoice(replenishment);
        return ChargeMapping.toChargeInvoice(
                calls.change(() -> stripe.invoices().create(request, keyed(replenishment, "invoice"))));
    }

    @Override
    public void addLine(Replenishment replenishment, String invoiceId) {
        var request = ChargeRequests.line(replenishment, invoiceId);
        calls.change(() -> stripe.invoiceItems().create(request, keyed(replenishment, "item")));
    }

    @Override
    public ChargeInvoice finalizeInvoice(Replenishment replenishment, String invoiceId) {
        return ChargeMapping.toChargeInvoice(calls.change(() -> stripe.invoices()
                .finalizeInvoice(invoiceId, ChargeRequests.FINALIZE, keyed(replenishment, "finalize"))));
    }

    @Override
    public ChargeInvoice pay(Replenishment replenishment, String invoiceId) {
        return ChargeMapping.toChargeInvoice(
                calls.change(() -> stripe.invoices().pay(invoiceId, ChargeRequests.PAY, keyed(replenishment, "pay"))));
    }

    @Override
    public void voidInvoice(Replenishment replenishment, String invoiceId) {
        var nothing = InvoiceVoidInvoiceParams.builder().build();
        calls.change(() -> stripe.invoices().voidInvoice(invoiceId, nothing, keyed(replenishment, "void")));
    }

    @Override
    public void deleteDraft(String invoiceId) {
        calls.change(() -> stripe.invoices().delete(invoiceId));
    }

    @Override
    public PayerState payer(String customerId) {
        return calls.readIfThere(() -> stripe.customers().retrieve(customerId))
                .map(StripeCharges::stateOf)
                .orElse(PayerState.GONE);
    }

    /** Stripe goes on telling of a customer that was deleted. */
    @Override
    public boolean knows(String customerId) {
        return calls.readIfThere(() -> stripe.customers().retrieve(customerId)).isPresent();
    }

    private static PayerState stateOf(Customer customer) {
        var snapshot = CustomerMapping.toSnapshot(customer);
        if (snapshot.deleted()) {
            return PayerState.GONE;
        }
        return snapshot.hasDefaultPaymentMethod() ? PayerState.READY : PayerState.WITHOUT_PAYMENT_METHOD;
    }

    private static RequestOptions keyed(Replenishment replenishment, String step) {
        return RequestOptions.builder()
                .setIdempotencyKey(replenishment.key(step))
                .build();
    }
}
