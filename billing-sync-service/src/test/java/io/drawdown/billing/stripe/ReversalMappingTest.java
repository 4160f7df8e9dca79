package io.drawdown.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.CreditNote;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import com.stripe.net.ApiResource;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversalState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversalMappingTest {

    @ParameterizedTest
    @CsvSource({
        "pending, WITHHELD, 12.50",
        "requires_action, WITHHELD, 12.50",
        "succeeded, TAKEN, 12.50",
        "failed, RETURNED, 0.00",
        "canceled, RETURNED, 0.00",
        "something_new, UNKNOWN, 0.00"
    })
    void readsARefund(String status, ReversalState state, String taken) {
        var refund = ApiResource.GSON.fromJson("""
                {"id":"re_1","object":"refund","amount":1250,"currency":"usd","status":"%s","created":5,
                 "payment_intent":"pi_1","reason":"requested_by_customer"}""".formatted(status), Refund.class);

        var snapshot = ReversalMapping.toSnapshot(refund, "in_1");

        assertThat(snapshot.state()).isEqualTo(state);
        assertThat(snapshot.takenBack().numeral()).isEqualTo(taken);
        assertThat(snapshot.amount()).hasToString("12.50 USD");
        assertThat(snapshot.paymentId()).isEqualTo("pi_1");
        assertThat(snapshot.invoiceId()).isEqualTo("in_1");
        assertThat(snapshot.reason()).isEqualTo("requested_by_customer");
    }

    @ParameterizedTest
    @CsvSource({
        "warning_needs_response, OPEN, 0",
        "warning_under_review, OPEN, 0",
        "warning_closed, OPEN, 0",
        "needs_response, WITHHELD, 4500",
        "under_review, WITHHELD, 4500",
        "lost, TAKEN, 4500",
        "won, RETURNED, 0",
        "prevented, RETURNED, 0",
        "something_new, UNKNOWN, 0"
    })
    void readsADispute(String status, ReversalState state, String taken) {
        var dispute = ApiResource.GSON.fromJson("""
                {"id":"du_1","object":"dispute","amount":4500,"currency":"jpy","status":"%s","created":5,
                 "payment_intent":"pi_1","reason":"fraudulent"}""".formatted(status), Dispute.class);

        var snapshot = ReversalMapping.toSnapshot(dispute, null);

        assertThat(snapshot.state()).isEqualTo(state);
        assertThat(snapshot.takenBack().numeral()).isEqualTo(taken);
        assertThat(snapshot.reason()).isEqualTo("fraudulent");
        assertThat(snapshot.stripeStatus()).isEqualTo(status);
    }

    @Test
    void takesOfACreditNoteWhatItDoesNotRefund() {
        var note = note("issued", 3000, "{\"refund\":\"re_1\",\"amount_refunded\":2000}");

        assertThat(note.amount()).hasToString("10.00 USD");
        assertThat(note.takenBack()).hasToString("10.00 USD");
        assertThat(note.shares()).as("the lines tell of the whole").isEmpty();
    }

    @Test
    void takesOfACreditNoteWithoutRefundsItsLines() {
        var note = note("issued", 3000, "");

        assertThat(note.shares()).singleElement().satisfies(share -> {
            assertThat(share.lineId()).isEqualTo("il_1");
            assertThat(share.amount()).hasToString("30.00 USD");
        });
    }

    @Test
    void takesALineOfACreditNoteAfterDiscountsAndWithoutTheTaxInIt() {
        var note = creditNote("issued", 2200, "", """
                {"id":"cnli_1","invoice_line_item":"il_1","amount":3000,"discount_amount":800,
                 "taxes":[{"amount":200,"tax_behavior":"inclusive"},{"amount":150,"tax_behavior":"exclusive"}]}""");

        assertThat(note.shares())
                .singleElement()
                .satisfies(share -> assertThat(share.amount()).hasToString("20.00 USD"));
    }

    @Test
    void saysNothingOfTheLinesWhereACreditNoteHasOneOfItsOwn() {
        var note = creditNote("issued", 3000, "", "{\"id\":\"cnli_1\",\"amount\":3000}");

        assertThat(note.shares()).isEmpty();
    }

    @Test
    void doesNotGuessWhatACreditNoteOfANewStatusTakes() {
        assertThat(note("something_new", 3000, "").state()).isEqualTo(ReversalState.UNKNOWN);
    }

    @Test
    void takesNothingBackByAVoidCreditNote() {
        assertThat(note("void", 3000, "").takenBack()).hasToString("0.00 USD");
    }

    private static ReversalSnapshot note(String status, long total, String refunds) {
        return creditNote(status, total, refunds, "{\"id\":\"cnli_1\",\"invoice_line_item\":\"il_1\",\"amount\":3000}");
    }

    private static ReversalSnapshot creditNote(String status, long total, String refunds, String line) {
        return ReversalMapping.toSnapshot(
                ApiResource.GSON.fromJson("""
                {"id":"cn_1","object":"credit_note","invoice":"in_1","currency":"usd","status":"%s","created":5,
                 "total":%d,"refunds":[%s],"lines":{"object":"list","has_more":false,"data":[%s]}}""".formatted(status, total, refunds, line), CreditNote.class));
    }
}
