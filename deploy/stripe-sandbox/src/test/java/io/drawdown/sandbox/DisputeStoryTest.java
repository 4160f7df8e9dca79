package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Dispute;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.RefundCreateParams;
import io.drawdown.sandbox.money.ProcessingFee;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DisputeStoryTest extends Sandboxed {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withPayments(new PaymentSettings(ProcessingFee.USUAL, Duration.ZERO));
    }

    Dispute disputed(String token) throws StripeException {
        var invoice = draftOf(customerPayingWith(token), 4500);
        stripe.v1().invoices().pay(invoice.getId());
        return Awaitility.await()
                .until(() -> stripe.v1().disputes().list().getData(), list -> !list.isEmpty())
                .getFirst();
    }

    Dispute answer(Dispute dispute, String words) throws StripeException {
        return stripe.v1()
                .disputes()
                .update(
                        dispute.getId(),
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText(words)
                                        .build())
                                .build());
    }

    Dispute ended(Dispute dispute, String status) {
        return Awaitility.await()
                .until(
                        () -> stripe.v1().disputes().retrieve(dispute.getId()),
                        now -> now.getStatus().equals(status));
    }

    long net() throws StripeException {
        return stripe.v1().balanceTransactions().list().getData().stream()
                .mapToLong(BalanceTransaction::getNet)
                .sum();
    }

    @Test
    void takesTheMoneyWhenItIsOpened() throws StripeException {
        var dispute = disputed("pm_card_createDispute");
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getReason()).isEqualTo("fraudulent");
        assertThat(dispute.getAmount()).isEqualTo(4500);
        assertThat(dispute.getBalanceTransactions())
                .singleElement()
                .satisfies(taken -> assertThat(taken.getNet()).isEqualTo(-6000));
        assertThat(net()).isEqualTo(4500 - 161 - 6000);
        assertThat(eventTypesAfter("invoice.payment_succeeded"))
                .containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn");
        var charge = stripe.v1().charges().retrieve(dispute.getCharge());
        assertThat(charge.getDisputed()).isTrue();
        assertThatThrownBy(() -> stripe.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setCharge(charge.getId())
                                .build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo("charge_disputed"));
    }

    @Test
    void isWonByGoodEvidence() throws StripeException {
        var dispute = disputed("pm_card_createDispute");
        var answered = answer(dispute, "winning_evidence");
        assertThat(answered.getStatus()).isEqualTo("under_review");
        assertThat(answered.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);
        assertThat(answered.getEvidenceDetails().getHasEvidence()).isTrue();
        assertThat(ended(dispute, "won").getBalanceTransactions()).hasSize(2);
        assertThat(net()).isEqualTo(4500 - 161);
        assertThat(eventTypesAfter("charge.dispute.funds_withdrawn"))
                .containsExactly("charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated");
    }

    @Test
    void isLostByBadEvidence() throws StripeException {
        var dispute = disputed("pm_card_createDisputeProductNotReceived");
        assertThat(dispute.getReason()).isEqualTo("product_not_received");
        answer(dispute, "losing_evidence");
        ended(dispute, "lost");
        assertThat(net()).isEqualTo(4500 - 161 - 6000);
        assertThat(eventTypesAfter("charge.dispute.updated")).containsExactly("charge.dispute.closed");
    }

    @Test
    void isLostWhenItIsClosed() throws StripeException {
        var dispute = disputed("pm_card_createDispute");
        assertThat(stripe.v1().disputes().close(dispute.getId()).getStatus()).isEqualTo("lost");
        assertThatThrownBy(() -> stripe.v1().disputes().close(dispute.getId()))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> answer(dispute, "winning_evidence")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void stagesEvidenceUntilItIsSubmitted() throws StripeException {
        var dispute = disputed("pm_card_createDispute");
        var staged = json(send(
                "POST", "/v1/disputes/" + dispute.getId(), "evidence[customer_name]=Acme&submit=false&metadata[a]=b"));
        assertThat(staged.path("status").asString()).isEqualTo("needs_response");
        assertThat(staged.path("evidence_details").path("has_evidence").asBoolean())
                .isTrue();
        var submitted = json(send("POST", "/v1/disputes/" + dispute.getId(), "submit=true"));
        assertThat(submitted.path("status").asString()).isEqualTo("under_review");
        assertThat(submitted.path("evidence").path("customer_name").asString()).isEqualTo("Acme");
        assertThat(send("POST", "/v1/disputes/" + dispute.getId(), "evidence[customer_name]=B")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/v1/disputes/" + dispute.getId(), "metadata[a]=")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyAsksAtFirstWithAnInquiry() throws StripeException {
        var inquiry = disputed("pm_card_createDisputeInquiry");
        assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
        assertThat(inquiry.getIsChargeRefundable()).isTrue();
        assertThat(net()).isEqualTo(4500 - 161);
        answer(inquiry, "escalate_inquiry_evidence");
        var chargeback = ended(inquiry, "needs_response");
        assertThat(chargeback.getIsChargeRefundable()).isFalse();
        assertThat(net()).isEqualTo(4500 - 161 - 6000);
        assertThat(eventTypesAfter("charge.dispute.created"))
                .containsExactly("charge.dispute.updated", "charge.dispute.updated", "charge.dispute.funds_withdrawn");
    }

    @Test
    void endsAnInquiryThatIsAnswered() throws StripeException {
        var inquiry = disputed("pm_card_createDisputeInquiry");
        answer(inquiry, "winning_evidence");
        ended(inquiry, "warning_closed");
        assertThat(net()).isEqualTo(4500 - 161);
    }

    @Test
    void isLostAtOnceWhenADebitIsTakenBack() throws StripeException {
        var paid = json(send(
                "POST",
                "/v1/payment_intents",
                "amount=4500&currency=usd&confirm=true&payment_method_types[]=us_bank_account"
                        + "&payment_method=pm_usBankAccount_success"));
        var charge = paid.path("latest_charge").asString();
        Awaitility.await().until(() -> stripe.v1().charges().retrieve(charge).getPaid());
        var open = "{\"charge\":\"" + charge + "\",\"inquiry\":";
        assertThat(send("POST", "/_sandbox/disputes", open + "true}").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/_sandbox/disputes", open + "false}").statusCode())
                .isEqualTo(200);
        var dispute = stripe.v1().disputes().list().getData().getFirst();
        assertThat(dispute.getStatus()).isEqualTo("lost");
        assertThat(dispute.getReason()).isEqualTo("debit_not_authorized");
        assertThat(dispute.getPaymentMethodDetails()).isNull();
        assertThatThrownBy(() -> answer(dispute, "winning_evidence")).isInstanceOf(InvalidRequestException.class);
        assertThat(net()).isEqualTo(4500 - 161 - 6000);
        assertThat(eventTypesAfter("payment_intent.succeeded"))
                .containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed");
    }
}
