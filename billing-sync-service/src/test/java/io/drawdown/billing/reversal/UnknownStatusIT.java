package io.drawdown.billing.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.RefundCreateParams;
import io.drawdown.billing.NewerStripe;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.billing.ReversedLine;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A reversal whose status a newer Stripe has invented. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownStatusIT extends SyncPlatform {

    final String account = unique("acc");

    @Autowired
    NewerStripe newer;

    @Autowired
    RefreshQueue refreshes;

    @Autowired
    JdbcClient jdbc;

    @Test
    void neitherTakesNorGivesBackWhatWasWithheld(CapturedOutput log) {
        var payment = paymentBy("pm_card_createDispute");
        var dispute = published
                .await(
                        PaymentReversal.class,
                        seen -> payment.equals(seen.getPaymentId()) && seen.getState() == ReversalState.WITHHELD)
                .getReversalId();

        newer.says(dispute, "appealed");
        refresh(dispute, ObjectKind.DISPUTE);
        refresh(dispute, ObjectKind.DISPUTE);

        var unknown = awaitState(dispute, ReversalState.UNKNOWN);
        assertThat(unknown.getStripeStatus()).isEqualTo("appealed");
        assertThat(unknown.getTakenBack().getAmount()).isEqualTo("45.00");
        assertThat(unknown.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("45.00");
        assertThat(unknown.getLines()).extracting(ReversedLine::getPaid).containsExactly("45.00");
        assertThat(log.getAll().lines().filter(line -> line.contains(dispute) && line.contains("appealed")))
                .singleElement()
                .asString()
                .contains("WARN")
                .contains("45.00 USD");

        newer.saysNothingNew(dispute);
        refresh(dispute, ObjectKind.DISPUTE);

        Awaitility.await().until(() -> published(dispute).size() == 3);
        assertThat(published(dispute))
                .extracting(PaymentReversal::getState)
                .containsExactly(ReversalState.WITHHELD, ReversalState.UNKNOWN, ReversalState.WITHHELD);
    }

    @Test
    void takesNothingBackByWhatWasNeverKnown() {
        var payment = paymentBy("pm_card_visa");
        stripe.loseWebhooks();
        var refund = stripe.call(client -> client.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setPaymentIntent(payment)
                                .build()))
                .getId();
        newer.says(refund, "considered");

        refresh(refund, ObjectKind.REFUND);

        var unknown = awaitState(refund, ReversalState.UNKNOWN);
        assertThat(unknown.getAmount().getAmount()).isEqualTo("45.00");
        assertThat(unknown.getTakenBack().getAmount()).isEqualTo("0.00");
        assertThat(unknown.getLines()).extracting(ReversedLine::getTakenBack).containsExactly("0.00");

        newer.saysNothingNew(refund);
        refresh(refund, ObjectKind.REFUND);

        assertThat(awaitState(refund, ReversalState.TAKEN).getTakenBack().getAmount())
                .isEqualTo("45.00");
    }

    private void refresh(String reversal, ObjectKind kind) {
        refreshes.request(new ObjectRef(kind, reversal));
        Awaitility.await()
                .until(() -> jdbc.sql("select count(*) from refresh_request where object_id = ?")
                                .params(reversal)
                                .query((row, _) -> row.getLong(1))
                                .single()
                        == 0);
    }

    private PaymentReversal awaitState(String reversal, ReversalState state) {
        return published.await(
                PaymentReversal.class, seen -> seen.getReversalId().equals(reversal) && seen.getState() == state);
    }

    private List<PaymentReversal> published(String reversal) {
        return published.all(PaymentReversal.class, seen -> seen.getReversalId().equals(reversal));
    }

    private String paymentBy(String card) {
        publishAccount(account, "Acme");
        var customer = published
                .await(Customer.class, seen -> account.equals(seen.getAccountId()))
                .getCustomerId();
        stripe.giveCard(customer, card);
        var invoice = stripe.paidInvoice(customer, "usd", 4500);
        return published
                .await(
                        Payment.class,
                        seen -> invoice.equals(seen.getInvoiceId()) && "succeeded".equals(seen.getStatus()))
                .getPaymentId();
    }
}
