package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceUpdateParams;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AdvancementTest extends Sandboxed {

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withClock(now::get);
    }

    Invoice advancing(Customer customer) throws StripeException {
        var draft = draftOf(customer, 4500);
        return stripe.v1()
                .invoices()
                .update(
                        draft.getId(),
                        InvoiceUpdateParams.builder().setAutoAdvance(true).build());
    }

    void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    @Test
    void finalizesAndCollectsAnHourAfterCreation() throws StripeException {
        var invoice = advancing(customerPayingWith("pm_card_visa"));
        assertThat(invoice.getAutomaticallyFinalizesAt()).isEqualTo(now.get().getEpochSecond() + 3600);
        pass(Duration.ofHours(1));
        Awaitility.await()
                .until(() -> stripe.v1()
                        .invoices()
                        .retrieve(invoice.getId())
                        .getStatus()
                        .equals("paid"));
        var event = stripe.v1()
                .events()
                .list(EventListParams.builder().setType("invoice.paid").build())
                .getData()
                .getFirst();
        assertThat(event.getRequest().getId()).isNull();
    }

    @Test
    void triesADeclinedCardThreeDaysLater() throws StripeException {
        var invoice = advancing(customerPayingWith("pm_card_chargeCustomerFail"));
        pass(Duration.ofHours(1));
        Awaitility.await()
                .until(() -> stripe.v1().invoices().retrieve(invoice.getId()).getAttemptCount() == 1);
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getNextPaymentAttempt())
                .isEqualTo(now.get().plus(Duration.ofDays(3)).getEpochSecond());
        pass(Duration.ofDays(3));
        Awaitility.await()
                .until(() -> stripe.v1().invoices().retrieve(invoice.getId()).getAttemptCount() == 2);
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus()).isEqualTo("open");
    }

    @Test
    void saysWhenOneThatWasSentIsOverdueAndAgainWhenItsNewDatePasses() throws StripeException {
        var draft = stripe.v1()
                .invoices()
                .update(
                        draftOf(customerPayingWith("pm_card_visa"), 4500).getId(),
                        InvoiceUpdateParams.builder()
                                .setCollectionMethod(InvoiceUpdateParams.CollectionMethod.SEND_INVOICE)
                                .setDaysUntilDue(10L)
                                .build());
        assertThat(stripe.v1().invoices().sendInvoice(draft.getId()).getStatus())
                .isEqualTo("open");
        assertThat(eventTypes()).endsWith("invoice.finalized", "invoice.updated", "invoice.sent");
        pass(Duration.ofDays(10));
        Awaitility.await().until(() -> countOf("invoice.overdue") == 1);
        stripe.v1()
                .invoices()
                .update(
                        draft.getId(),
                        InvoiceUpdateParams.builder().setDaysUntilDue(20L).build());
        pass(Duration.ofDays(10));
        Awaitility.await().until(() -> countOf("invoice.overdue") == 2);
    }

    private long countOf(String type) throws StripeException {
        return eventTypes().stream().filter(type::equals).count();
    }

    @Test
    void collectsAnOpenInvoiceOnceItIsToAdvance() throws StripeException {
        var draft = draftOf(customerPayingWith("pm_card_visa"), 4500);
        stripe.v1().invoices().finalizeInvoice(draft.getId());
        var open = stripe.v1()
                .invoices()
                .update(
                        draft.getId(),
                        InvoiceUpdateParams.builder().setAutoAdvance(true).build());
        assertThat(open.getNextPaymentAttempt()).isEqualTo(now.get().getEpochSecond() + 3600);
        pass(Duration.ofHours(1));
        Awaitility.await()
                .until(() -> stripe.v1()
                        .invoices()
                        .retrieve(draft.getId())
                        .getStatus()
                        .equals("paid"));
    }

    @Test
    void leavesOthersAlone() throws StripeException {
        var draft = draftOf(customerPayingWith("pm_card_visa"), 4500);
        var advancing = advancing(customerPayingWith("pm_card_visa"));
        pass(Duration.ofDays(1));
        Awaitility.await()
                .until(() -> stripe.v1()
                        .invoices()
                        .retrieve(advancing.getId())
                        .getStatus()
                        .equals("paid"));
        assertThat(stripe.v1().invoices().retrieve(draft.getId()).getStatus()).isEqualTo("draft");
    }
}
