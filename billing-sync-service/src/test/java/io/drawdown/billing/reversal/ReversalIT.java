package io.drawdown.billing.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Dispute;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.RefundCreateParams;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReversalKind;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.billing.ReversedLine;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReversalIT extends SyncPlatform {

    final String account = unique("acc");

    @Autowired
    RefreshQueue refreshes;

    @Test
    void tellsOfARefundLineByLine() {
        var customer = customerWith("pm_card_visa");
        var invoice = stripe.draft(customer, "usd", 4000);
        addLine(customer, invoice, 1000);
        pay(invoice);
        var payment = paymentOf(invoice);

        var refund = refund(payment, 2500L);

        var reversal = await(seen -> seen.getReversalId().equals(refund));
        assertThat(reversal.getKind()).isEqualTo(ReversalKind.REFUND);
        assertThat(reversal.getState()).isEqualTo(ReversalState.TAKEN);
        assertThat(reversal.getPaymentId()).isEqualTo(payment);
        assertThat(reversal.getInvoiceId()).isEqualTo(invoice);
        assertThat(reversal.getAccountId()).isEqualTo(account);
        assertThat(reversal.getTakenBack().getAmount()).isEqualTo("25.00");
        assertThat(reversal.getTakenBack().getCurrency()).isEqualTo("USD");
        assertThat(reversal.getLines()).extracting(ReversedLine::getPaid).containsExactlyInAnyOrder("40.00", "10.00");
        assertThat(reversal.getLines())
                .extracting(ReversedLine::getTakenBack)
                .containsExactlyInAnyOrder("20.00", "5.00");
    }

    @Test
    void tellsOfEachRefundOnceHoweverManyEventsTellOfThem() {
        stripe.duplicateWebhooks();
        stripe.shuffleWebhooks();
        var payment = paymentOf(stripe.paidInvoice(customerWith("pm_card_visa"), "usd", 4500));

        refund(payment, 1000L);
        refund(payment, null);

        await(seen -> payment.equals(seen.getPaymentId())
                && seen.getTakenBack().getAmount().equals("35.00"));
        await(seen -> payment.equals(seen.getPaymentId())
                && seen.getTakenBack().getAmount().equals("10.00"));
        assertThat(published.all(PaymentReversal.class, seen -> payment.equals(seen.getPaymentId())))
                .extracting(PaymentReversal::getReversalId)
                .doesNotHaveDuplicates();
    }

    @Test
    void findsTheRefundOfAPaymentWhoseEventsOfItWereLost() {
        var invoice = stripe.paidInvoice(customerWith("pm_card_visa"), "usd", 4500);
        var payment = paymentOf(invoice);
        stripe.loseWebhooks();
        var refund = refund(payment, null);
        stripe.endTroubles();

        // Whatever is heard of the payment later will do.
        refreshes.request(new ObjectRef(ObjectKind.PAYMENT, payment));

        await(seen -> seen.getReversalId().equals(refund));
    }

    @Test
    void followsADisputeThatIsWon() {
        var payment = paymentOf(stripe.paidInvoice(customerWith("pm_card_createDispute"), "usd", 4500));
        var opened = await(seen -> payment.equals(seen.getPaymentId()) && seen.getState() == ReversalState.WITHHELD);
        assertThat(opened.getKind()).isEqualTo(ReversalKind.DISPUTE);
        assertThat(opened.getReason()).isEqualTo("fraudulent");
        assertThat(opened.getTakenBack().getAmount()).isEqualTo("45.00");
        assertThat(opened.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("45.00");

        answer(payment, "winning_evidence");

        var won = await(seen -> payment.equals(seen.getPaymentId()) && seen.getState() == ReversalState.RETURNED);
        assertThat(won.getReversalId()).isEqualTo(opened.getReversalId());
        assertThat(won.getStripeStatus()).isEqualTo("won");
        assertThat(won.getTakenBack().getAmount()).isEqualTo("0.00");
        assertThat(won.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("0.00");
        assertThat(won.getSeenAt()).isAfter(opened.getSeenAt());
    }

    @Test
    void followsADisputeThatIsLost() {
        var payment = paymentOf(stripe.paidInvoice(customerWith("pm_card_createDispute"), "usd", 4500));
        await(seen -> payment.equals(seen.getPaymentId()) && seen.getState() == ReversalState.WITHHELD);

        answer(payment, "losing_evidence");

        var lost = await(seen -> payment.equals(seen.getPaymentId()) && seen.getState() == ReversalState.TAKEN);
        assertThat(lost.getStripeStatus()).isEqualTo("lost");
        assertThat(lost.getTakenBack().getAmount()).isEqualTo("45.00");
    }

    @Test
    void takesNothingBackByAnInquiry() {
        var payment = paymentOf(stripe.paidInvoice(customerWith("pm_card_createDisputeInquiry"), "usd", 4500));

        var inquiry = await(seen -> payment.equals(seen.getPaymentId()));

        assertThat(inquiry.getState()).isEqualTo(ReversalState.OPEN);
        assertThat(inquiry.getAmount().getAmount()).isEqualTo("45.00");
        assertThat(inquiry.getTakenBack().getAmount()).isEqualTo("0.00");
    }

    @Test
    void takesBackByACreditNoteOnlyWhatItDoesNotRefund() {
        var invoice = stripe.paidInvoice(customerWith("pm_card_visa"), "usd", 4500);
        var payment = paymentOf(invoice);

        var note = stripe.call(client -> client.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice)
                        .setAmount(1500L)
                        .setRefundAmount(1000L)
                        .setCreditAmount(500L)
                        .build()));

        var rest = await(seen -> seen.getReversalId().equals(note.getId()));
        assertThat(rest.getKind()).isEqualTo(ReversalKind.CREDIT_NOTE);
        assertThat(rest.getInvoiceId()).isEqualTo(invoice);
        assertThat(rest.getTakenBack().getAmount()).isEqualTo("5.00");
        assertThat(rest.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("5.00");
        var refund = await(seen -> payment.equals(seen.getPaymentId()));
        assertThat(refund.getTakenBack().getAmount()).isEqualTo("10.00");
        assertThat(refund.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("10.00");
    }

    @Test
    void takesNothingBackByACreditNoteThatIsVoided() {
        var customer = customerWith("pm_card_visa");
        var invoice = stripe.draft(customer, "usd", 4500);
        stripe.call(client -> client.v1().invoices().finalizeInvoice(invoice));
        var note = stripe.call(client -> client.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice)
                        .setAmount(1500L)
                        .build()));
        await(seen -> seen.getReversalId().equals(note.getId()) && seen.getState() == ReversalState.TAKEN);

        stripe.call(client -> client.v1().creditNotes().voidCreditNote(note.getId()));

        var voided =
                await(seen -> seen.getReversalId().equals(note.getId()) && seen.getState() == ReversalState.RETURNED);
        assertThat(voided.getAmount().getAmount()).isEqualTo("15.00");
        assertThat(voided.getTakenBack().getAmount()).isEqualTo("0.00");
    }

    private String customerWith(String card) {
        publishAccount(account, "Acme");
        var customer = published
                .await(Customer.class, seen -> account.equals(seen.getAccountId()))
                .getCustomerId();
        stripe.giveCard(customer, card);
        return customer;
    }

    private void addLine(String customer, String invoice, long amount) {
        stripe.call(client -> client.v1()
                .invoiceItems()
                .create(InvoiceItemCreateParams.builder()
                        .setCustomer(customer)
                        .setInvoice(invoice)
                        .setCurrency("usd")
                        .setAmount(amount)
                        .build()));
    }

    private void pay(String invoice) {
        stripe.call(client -> client.v1().invoices().finalizeInvoice(invoice));
        stripe.call(client -> client.v1().invoices().pay(invoice));
    }

    private String paymentOf(String invoice) {
        return published
                .await(
                        Payment.class,
                        seen -> invoice.equals(seen.getInvoiceId()) && "succeeded".equals(seen.getStatus()))
                .getPaymentId();
    }

    private String refund(String payment, @Nullable Long amount) {
        return stripe.call(client -> client.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setPaymentIntent(payment)
                                .setAmount(amount)
                                .build()))
                .getId();
    }

    private void answer(String payment, String evidence) {
        var dispute = disputeOf(payment);
        stripe.call(client -> client.v1()
                .disputes()
                .update(
                        dispute.getId(),
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText(evidence)
                                        .build())
                                .build()));
    }

    private static Dispute disputeOf(String payment) {
        return stripe.call(client -> client.v1()
                        .disputes()
                        .list(DisputeListParams.builder()
                                .setPaymentIntent(payment)
                                .build()))
                .getData()
                .getFirst();
    }

    private PaymentReversal await(Predicate<PaymentReversal> fits) {
        return published.await(PaymentReversal.class, fits);
    }
}
