package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceAttachPaymentParams;
import com.stripe.param.InvoicePayParams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartialPaymentTest extends MoneyStory {

    String customer;
    String invoice;

    @BeforeEach
    void finalizeInvoice() {
        customer = customer("");
        invoice = draft(customer, "");
        item(invoice, 5000, "");
        post("/v1/invoices/" + invoice + "/finalize", "");
    }

    String paymentOf(long cents, String params) {
        return id(post(
                "/v1/payment_intents",
                "currency=usd&payment_method_types[]=card&payment_method=pm_card_visa&customer=" + customer + "&amount="
                        + cents + "&" + params));
    }

    void attach(String intent) throws StripeException {
        stripe.v1()
                .invoices()
                .attachPayment(
                        invoice,
                        InvoiceAttachPaymentParams.builder()
                                .setPaymentIntent(intent)
                                .build());
    }

    @Test
    void countsWhatHasBeenPaidElsewhereAndCollectsTheRest() throws StripeException {
        attach(paymentOf(2000, "confirm=true"));
        var open = invoice(invoice);
        assertThat(open.path("status").asString()).isEqualTo("open");
        assertThat(open.path("amount_paid").asLong()).isEqualTo(2000);
        assertThat(open.path("amount_remaining").asLong()).isEqualTo(3000);
        assertThat(eventTypesAfter("payment_intent.succeeded"))
                .containsExactly("invoice_payment.paid", "invoice.updated", "invoice.payment_succeeded");
        var paid = stripe.v1().invoices().pay(invoice);
        assertThat(paid.getAmountPaid()).isEqualTo(5000);
        assertThat(get("/v1/charges").path("data").get(0).path("amount").asLong())
                .isEqualTo(3000);
        var payments = get("/v1/invoice_payments?invoice=" + invoice).path("data");
        assertThat(payments).extracting(one -> one.path("amount_paid").asLong()).containsExactly(2000L, 3000L);
    }

    @Test
    void isNotVoided() throws StripeException {
        attach(paymentOf(2000, "confirm=true"));
        assertThatThrownBy(() -> stripe.v1().invoices().voidInvoice(invoice))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("paid in part");
        assertThat(stripe.v1().invoices().markUncollectible(invoice).getAmountPaid())
                .isEqualTo(2000);
    }

    @Test
    void mayBeCompletedOutsideOfStripe() throws StripeException {
        attach(paymentOf(2000, "confirm=true"));
        var paid = stripe.v1()
                .invoices()
                .pay(invoice, InvoicePayParams.builder().setPaidOutOfBand(true).build());
        assertThat(paid.getAmountPaid()).isEqualTo(5000);
        assertThat(paid.getAmountPaidOffStripe()).isEqualTo(3000);
    }

    @Test
    void isPaidWhenAnAttachedPaymentSucceedsLater() throws StripeException {
        var intent = paymentOf(5000, "");
        attach(intent);
        assertThat(invoice(invoice).path("status").asString()).isEqualTo("open");
        post("/v1/payment_intents/" + intent + "/confirm", "");
        assertThat(invoice(invoice).path("status").asString()).isEqualTo("paid");
        assertThat(eventTypesAfter("payment_intent.succeeded"))
                .containsExactly(
                        "invoice_payment.paid",
                        "payment_intent.canceled",
                        "invoice.updated",
                        "invoice.paid",
                        "invoice.payment_succeeded");
    }

    @Test
    void creditsWhatIsPaidTooMuch() throws StripeException {
        attach(paymentOf(6000, "confirm=true"));
        var paid = invoice(invoice);
        assertThat(paid.path("status").asString()).isEqualTo("paid");
        assertThat(paid.path("amount_overpaid").asLong()).isEqualTo(1000);
        assertThat(get("/v1/customers/" + customer).path("balance").asLong()).isEqualTo(-1000);
        assertThat(eventTypes()).endsWith("customer.updated", "invoice.overpaid");
    }

    @Test
    void takesNoPaymentTwiceAndNoneOfOthers() throws StripeException {
        var intent = paymentOf(1000, "confirm=true");
        attach(intent);
        var path = "/v1/invoices/" + invoice + "/attach_payment";
        assertThat(refused("POST", path, "payment_intent=" + intent)
                        .path("message")
                        .asString())
                .contains("already");
        customer = customer("");
        assertThat(refused("POST", path, "payment_intent=" + paymentOf(1000, ""))
                        .path("message")
                        .asString())
                .contains("same customer");
    }
}
