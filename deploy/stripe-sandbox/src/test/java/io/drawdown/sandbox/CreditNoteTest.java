package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.CreditNoteCreateParams;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CreditNoteTest extends MoneyStory {

    String open(String customer, long... cents) {
        var draft = draft(customer, "");
        for (long amount : cents) {
            item(draft, amount, "");
        }
        post("/v1/invoices/" + draft + "/finalize", "");
        return draft;
    }

    String paid(String customer, long... cents) {
        var invoice = open(customer, cents);
        post("/v1/invoices/" + invoice + "/pay", "");
        return invoice;
    }

    JsonNode note(String invoice, String params) {
        return post("/v1/credit_notes", "invoice=" + invoice + "&" + params);
    }

    @Test
    void beforePaymentLowersWhatIsDue() throws StripeException {
        var invoice = open(customer(""), 5000);
        var note = stripe.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice)
                        .setAmount(1200L)
                        .setReason(CreditNoteCreateParams.Reason.ORDER_CHANGE)
                        .build());
        assertThat(note.getType()).isEqualTo("pre_payment");
        assertThat(note.getNumber()).endsWith("-0001-CN-01");
        var lowered = invoice(invoice);
        assertThat(lowered.path("amount_due").asLong()).isEqualTo(3800);
        assertThat(lowered.path("amount_remaining").asLong()).isEqualTo(3800);
        assertThat(lowered.path("pre_payment_credit_notes_amount").asLong()).isEqualTo(1200);
        assertThat(eventTypesAfter("invoice.finalized"))
                .containsExactly("invoice.updated", "credit_note.created", "invoice.updated");
        assertThat(stripe.v1().invoices().pay(invoice).getAmountPaid()).isEqualTo(3800);
        assertThat(get("/v1/charges").path("data").get(0).path("amount").asLong())
                .isEqualTo(3800);
    }

    @Test
    void overAllThatRemainsSettlesTheInvoice() throws StripeException {
        var invoice = open(customer(""), 5000);
        note(invoice, "amount=5000");
        assertThat(invoice(invoice).path("status").asString()).isEqualTo("paid");
        assertThat(eventTypesAfter("credit_note.created"))
                .containsExactly("payment_intent.canceled", "invoice.updated", "invoice.paid");
    }

    @Test
    void voidedBeforePaymentIsAsIfItHadNotBeen() throws StripeException {
        var invoice = open(customer(""), 5000);
        var note = note(invoice, "amount=1200");
        assertThat(post("/v1/credit_notes/" + id(note) + "/void", "")
                        .path("status")
                        .asString())
                .isEqualTo("void");
        assertThat(invoice(invoice).path("amount_remaining").asLong()).isEqualTo(5000);
        assertThat(stripe.v1().invoices().pay(invoice).getAmountPaid()).isEqualTo(5000);
        assertThat(refused("POST", "/v1/credit_notes/" + id(note) + "/void", "")
                        .path("type")
                        .asString())
                .isEqualTo("invalid_request_error");
    }

    @Test
    void afterPaymentIsRefundedCreditedOrGivenBackOutside() throws StripeException {
        var customer = customer("");
        var invoice = paid(customer, 5000);
        assertThat(refused("POST", "/v1/credit_notes", "invoice=" + invoice + "&amount=1000")
                        .path("message")
                        .asString())
                .contains("must equal the post payment amount (1000)");
        var note = note(invoice, "amount=1000&refund_amount=500&credit_amount=300&out_of_band_amount=200");
        assertThat(note.path("type").asString()).isEqualTo("post_payment");
        assertThat(note.path("post_payment_amount").asLong()).isEqualTo(1000);
        var refund =
                get("/v1/refunds/" + note.path("refunds").get(0).path("refund").asString());
        assertThat(refund.path("amount").asLong()).isEqualTo(500);
        assertThat(get("/v1/customers/" + customer).path("balance").asLong()).isEqualTo(-300);
        assertThat(eventTypesAfter("invoice.payment_succeeded"))
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "customer.updated",
                        "credit_note.created",
                        "invoice.updated");
        var after = invoice(invoice);
        assertThat(after.path("post_payment_credit_notes_amount").asLong()).isEqualTo(1000);
        assertThat(after.path("amount_paid").asLong()).isEqualTo(5000);
        assertThat(refused("POST", "/v1/credit_notes", "invoice=" + invoice + "&amount=4001&credit_amount=4001")
                        .path("message")
                        .asString())
                .contains("4000");
        note(invoice, "amount=4000&credit_amount=4000");
    }

    @Test
    void ofALineTakesItsDiscountsAndTaxesBackInProportionAndWhole() {
        var vat = id(post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false"));
        post("/v1/coupons", "id=THIRD&percent_off=33.3");
        var draft = draft(customer(""), "discounts[0][coupon]=THIRD&default_tax_rates[]=" + vat);
        post("/v1/invoiceitems", "invoice=" + draft + "&currency=usd&unit_amount_decimal=333&quantity=3");
        post("/v1/invoices/" + draft + "/finalize", "");
        var line = invoice(draft).path("lines").path("data").get(0);
        var use = "lines[0][type]=invoice_line_item&lines[0][quantity]=1&lines[0][invoice_line_item]=" + id(line);
        var preview = get("/v1/credit_notes/preview?invoice=" + draft + "&"
                + use.replace("[", "%5B").replace("]", "%5D"));
        long credited = 0;
        long taxes = 0;
        for (int i = 0; i < 3; i++) {
            var note = note(draft, use);
            assertThat(i > 0 || note.path("total").equals(preview.path("total")))
                    .isTrue();
            credited += note.path("total").asLong();
            taxes += sum(note.path("total_taxes"));
            assertThat(note.path("subtotal").asLong()).isEqualTo(333);
        }
        assertThat(credited).isEqualTo(invoice(draft).path("total").asLong());
        assertThat(taxes).isEqualTo(sum(invoice(draft).path("total_taxes")));
        assertThat(invoice(draft).path("status").asString()).isEqualTo("paid");
    }

    @Test
    void mayHaveALineOfItsOwn() {
        var vat = id(post("/v1/tax_rates", "display_name=VAT&percentage=10&inclusive=false"));
        var invoice = paid(customer(""), 5000);
        var note = note(
                invoice,
                "lines[0][type]=custom_line_item&lines[0][description]=Goodwill&lines[0][quantity]=2"
                        + "&lines[0][unit_amount]=150&lines[0][tax_rates][]=" + vat + "&credit_amount=330");
        assertThat(note.path("total").asLong()).isEqualTo(330);
        assertThat(note.path("total_excluding_tax").asLong()).isEqualTo(300);
        assertThat(get("/v1/credit_notes/" + id(note) + "/lines").path("data").size())
                .isEqualTo(1);
        assertThat(get("/v1/credit_notes?invoice=" + invoice).path("data").size())
                .isEqualTo(1);
    }

    @Test
    void isNotForADraft() {
        assertThat(refused("POST", "/v1/credit_notes", "amount=1&invoice=" + draft(customer(""), ""))
                        .path("param")
                        .asString())
                .isEqualTo("invoice");
    }
}
