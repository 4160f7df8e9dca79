package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundUpdateParams;
import io.drawdown.sandbox.money.ProcessingFee;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RefundStoryTest extends Sandboxed {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withPayments(new PaymentSettings(ProcessingFee.USUAL, Duration.ZERO));
    }

    Charge paidWith(String token, long cents) throws StripeException {
        var invoice = draftOf(customerPayingWith(token), cents);
        stripe.v1().invoices().pay(invoice.getId());
        return stripe.v1().charges().list().getData().getFirst();
    }

    static RefundCreateParams.Builder of(Charge charge) {
        return RefundCreateParams.builder().setCharge(charge.getId());
    }

    Refund refund(RefundCreateParams.Builder params) throws StripeException {
        return stripe.v1().refunds().create(params.build());
    }

    Charge again(Charge charge) throws StripeException {
        return stripe.v1()
                .charges()
                .retrieve(
                        charge.getId(),
                        ChargeRetrieveParams.builder().addExpand("refunds").build());
    }

    long balance() {
        return json(send("GET", "/v1/balance", ""))
                .path("available")
                .path(0)
                .path("amount")
                .asLong();
    }

    static void assertRefused(ThrowingCallable call, String code, String param) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidRequestException.class, refusal -> {
            assertThat(refusal.getCode()).isEqualTo(code);
            assertThat(refusal.getParam()).isEqualTo(param);
        });
    }

    @Test
    void returnsAPaymentInParts() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        assertThat(balance()).isEqualTo(4500 - 131 - 30); // 2.9 % of it is 130.5.
        var first = refund(of(charge)
                .setAmount(1000L)
                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata("ticket", "7"));
        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(first.getPaymentIntent()).isEqualTo(charge.getPaymentIntent());
        assertThat(first.getCustomer()).isEqualTo(charge.getCustomer());
        assertThat(again(charge).getAmountRefunded()).isEqualTo(1000);
        assertThat(again(charge).getRefunded()).isFalse();

        var rest = refund(RefundCreateParams.builder().setPaymentIntent(charge.getPaymentIntent()));
        assertThat(rest.getAmount()).isEqualTo(3500);
        assertThat(again(charge).getRefunded()).isTrue();
        assertThat(again(charge).getRefunds().getData())
                .extracting(Refund::getId)
                .containsExactly(rest.getId(), first.getId());
        assertThat(balance()).isEqualTo(-131 - 30);
        assertThat(eventTypesAfter("invoice.payment_succeeded"))
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "refund.created",
                        "charge.refunded",
                        "refund.updated");
    }

    @Test
    void returnsNoMoreThanWasPaid() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        assertRefused(() -> refund(of(charge).setAmount(4501L)), null, "amount");
        assertRefused(() -> refund(of(charge).setAmount(0L)), "parameter_invalid_integer", "amount");
        refund(of(charge).setAmount(4000L));
        assertRefused(() -> refund(of(charge).setAmount(501L)), null, "amount");
        refund(of(charge));
        assertRefused(() -> refund(of(charge)), "charge_already_refunded", "charge");
        assertThat(stripe.v1().refunds().list().getData()).hasSize(2);
    }

    @Test
    void needsAPaymentThatSucceeded() throws StripeException {
        assertRefused(() -> refund(RefundCreateParams.builder()), "parameter_missing", null);
        assertRefused(() -> refund(RefundCreateParams.builder().setCharge("ch_none")), "resource_missing", "charge");
        var open = draftOf(customerPayingWith("pm_card_chargeCustomerFail"), 900);
        send("POST", "/v1/invoices/" + open.getId() + "/pay", "");
        var failed = stripe.v1().charges().list().getData().getFirst();
        assertRefused(() -> refund(of(failed)), "charge_not_refundable", "charge");
        assertRefused(
                () -> refund(RefundCreateParams.builder().setPaymentIntent(failed.getPaymentIntent())),
                null,
                "payment_intent");
    }

    @Test
    void happensOnceUnderAKey() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        var params = of(charge).setAmount(4000L).build();
        var once = stripe.v1().refunds().create(params, key("r-1"));
        assertThat(stripe.v1().refunds().create(params, key("r-1")).getId()).isEqualTo(once.getId());
        assertThat(again(charge).getAmountRefunded()).isEqualTo(4000);
    }

    @Test
    void canBeFoundAndAnnotated() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        var refund = refund(of(charge).setAmount(1L));
        refund(of(paidWith("pm_card_visa", 700)));
        assertThat(stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setCharge(charge.getId())
                                .build())
                        .getData())
                .extracting(Refund::getId)
                .containsExactly(refund.getId());
        var updated = stripe.v1()
                .refunds()
                .update(
                        refund.getId(),
                        RefundUpdateParams.builder().putMetadata("a", "b").build());
        assertThat(updated.getMetadata()).containsEntry("a", "b");
        assertThat(eventTypes()).endsWith("refund.updated");
        assertRefused(() -> stripe.v1().refunds().cancel(refund.getId()), "status_transition_invalid", null);
    }

    @Test
    void mayTakeTime() throws StripeException {
        var refund = refund(of(paidWith("pm_card_pendingRefund", 4500)));
        assertThat(refund.getStatus()).isEqualTo("pending");
        Awaitility.await()
                .until(() -> stripe.v1()
                        .refunds()
                        .retrieve(refund.getId())
                        .getStatus()
                        .equals("succeeded"));
        assertThat(eventTypesAfter("invoice.payment_succeeded"))
                .containsExactly("refund.created", "charge.refunded", "refund.updated");
    }

    @Test
    void mayComeBack() throws StripeException {
        var charge = paidWith("pm_card_refundFail", 4500);
        var refund = refund(of(charge).setAmount(1000L));
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        Awaitility.await()
                .until(() -> stripe.v1()
                        .refunds()
                        .retrieve(refund.getId())
                        .getStatus()
                        .equals("failed"));
        var failed = stripe.v1().refunds().retrieve(refund.getId());
        assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
        assertThat(failed.getFailureBalanceTransaction()).isNotNull();
        assertThat(again(charge).getAmountRefunded()).isZero();
        assertThat(balance()).isEqualTo(4500 - 161);
        assertThat(eventTypesAfter("charge.refunded"))
                .containsExactly("refund.updated", "charge.updated", "refund.failed");
    }

    String asked(Charge charge) throws StripeException {
        send("POST", "/_sandbox/refunds", "{\"charge\":\"" + charge.getId() + "\",\"outcome\":\"action\"}");
        var refund = refund(of(charge).setAmount(1000L));
        assertThat(refund.getStatus()).isEqualTo("requires_action");
        assertThat(refund.getNextAction().getType()).isEqualTo("display_details");
        return refund.getId();
    }

    String decided(String refund, String outcome) {
        return json(send(
                        "POST",
                        "/_sandbox/refunds/decide",
                        "{\"refund\":\"" + refund + "\",\"outcome\":\"" + outcome + "\"}"))
                .path("status")
                .asString();
    }

    @Test
    void mayWaitForTheCustomer() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        var refund = asked(charge);
        assertThat(balance()).isEqualTo(4500 - 161 - 1000);
        assertThat(decided(refund, "succeeded")).isEqualTo("succeeded");
        assertThat(stripe.v1().refunds().retrieve(refund).getNextAction()).isNull();
        assertThat(eventTypes()).endsWith("refund.updated");
        assertThat(send("POST", "/_sandbox/refunds/decide", "{\"refund\":\"" + refund + "\",\"outcome\":\"succeeded\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void mayBeCanceledOrFailWhileItWaits() throws StripeException {
        var charge = paidWith("pm_card_visa", 4500);
        assertThat(stripe.v1().refunds().cancel(asked(charge)).getStatus()).isEqualTo("canceled");
        assertThat(decided(asked(charge), "failed")).isEqualTo("failed");
        assertThat(again(charge).getAmountRefunded()).isZero();
        assertThat(balance()).isEqualTo(4500 - 161);
        assertThat(eventTypes()).endsWith("refund.failed");
    }

    @Test
    void goesToABankByTransferAndTakesItsTime() throws StripeException {
        var paid = json(send(
                "POST",
                "/v1/payment_intents",
                "amount=900&currency=usd&confirm=true&payment_method_types[]=us_bank_account"
                        + "&payment_method=pm_usBankAccount_success"));
        Awaitility.await()
                .until(() -> stripe.v1()
                        .charges()
                        .retrieve(paid.path("latest_charge").asString())
                        .getPaid());
        var refund = refund(
                RefundCreateParams.builder().setPaymentIntent(paid.path("id").asString()));
        assertThat(refund.getStatus()).isEqualTo("pending");
        assertThat(refund.getDestinationDetails().getType()).isEqualTo("us_bank_transfer");
        Awaitility.await()
                .until(() -> stripe.v1()
                        .refunds()
                        .retrieve(refund.getId())
                        .getStatus()
                        .equals("succeeded"));
    }
}
