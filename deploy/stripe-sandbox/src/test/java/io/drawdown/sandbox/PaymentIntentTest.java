package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentCreateParams.SetupFutureUsage;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentUpdateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.RefundCreateParams;
import io.drawdown.sandbox.money.ProcessingFee;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentIntentTest extends Sandboxed {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withPayments(new PaymentSettings(ProcessingFee.USUAL, Duration.ZERO));
    }

    static PaymentIntentCreateParams.Builder of(long cents) {
        return PaymentIntentCreateParams.builder()
                .setAmount(cents)
                .setCurrency("usd")
                .addPaymentMethodType("card");
    }

    static PaymentIntentCreateParams.Builder paying(long cents, String token) {
        return of(cents).setPaymentMethod(token).setConfirm(true);
    }

    PaymentIntent create(PaymentIntentCreateParams.Builder params) throws StripeException {
        return stripe.v1().paymentIntents().create(params.build());
    }

    PaymentIntent confirm(PaymentIntent intent, String token) throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(token)
                                .build());
    }

    PaymentIntent again(PaymentIntent intent) throws StripeException {
        return stripe.v1().paymentIntents().retrieve(intent.getId());
    }

    PaymentIntent settled(PaymentIntent intent) {
        return Awaitility.await()
                .until(() -> again(intent), now -> !now.getStatus().equals("processing"));
    }

    void authenticate(PaymentIntent intent, boolean passed) {
        assertThat(send(
                                "POST",
                                "/_sandbox/authentications",
                                "{\"intent\":\"" + intent.getId() + "\",\"passed\":" + passed + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    static void assertUnexpected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo("payment_intent_unexpected_state"));
    }

    @Nested
    class Paying {

        @Test
        void walksFromNothingToSucceeded() throws StripeException {
            var intent = create(of(2000).putMetadata("order", "1"));
            assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
            assertThat(intent.getClientSecret()).startsWith(intent.getId() + "_secret_");
            var chosen = stripe.v1()
                    .paymentIntents()
                    .update(
                            intent.getId(),
                            PaymentIntentUpdateParams.builder()
                                    .setAmount(2500L)
                                    .setPaymentMethod("pm_card_visa")
                                    .build());
            assertThat(chosen.getStatus()).isEqualTo("requires_confirmation");
            var paid = stripe.v1().paymentIntents().confirm(intent.getId());
            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(paid.getAmountReceived()).isEqualTo(2500);
            var charge = stripe.v1().charges().retrieve(paid.getLatestCharge());
            assertThat(charge.getMetadata()).containsEntry("order", "1");
            assertThat(stripe.v1()
                            .balanceTransactions()
                            .retrieve(charge.getBalanceTransaction())
                            .getFee())
                    .isEqualTo(103); // 2.9 % is 72.5.
            assertThat(eventTypes())
                    .containsExactly("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
            assertUnexpected(() -> confirm(intent, "pm_card_visa"));
            assertUnexpected(() -> stripe.v1().paymentIntents().cancel(intent.getId()));
            assertUnexpected(() -> stripe.v1()
                    .paymentIntents()
                    .update(
                            intent.getId(),
                            PaymentIntentUpdateParams.builder().setAmount(100L).build()));
        }

        @Test
        void isDeclinedThenPaidWithANewCard() throws StripeException {
            var customer = customerPayingWith("pm_card_chargeCustomerFail");
            var topUp = paying(4500, customer.getInvoiceSettings().getDefaultPaymentMethod())
                    .setCustomer(customer.getId())
                    .setOffSession(true)
                    .build();
            assertThatThrownBy(() -> stripe.v1().paymentIntents().create(topUp, key("top-up-1")))
                    .isInstanceOf(CardException.class);
            assertThatThrownBy(() -> stripe.v1().paymentIntents().create(topUp, key("top-up-1")))
                    .isInstanceOf(CardException.class);
            var intents = stripe.v1()
                    .paymentIntents()
                    .list(PaymentIntentListParams.builder()
                            .setCustomer(customer.getId())
                            .build())
                    .getData();
            assertThat(intents).singleElement().satisfies(intent -> {
                assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
                assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo("generic_decline");
                assertThat(intent.getLastPaymentError().getPaymentMethod()).isNotNull();
            });
            var paid = confirm(intents.getFirst(), "pm_card_visa");
            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(paid.getLastPaymentError()).isNull();
            assertThat(stripe.v1().charges().list().getData()).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource({
            "pm_card_visa_chargeDeclined,card_declined,generic_decline,01,try_again_later",
            "pm_card_visa_chargeDeclinedInsufficientFunds,card_declined,insufficient_funds,51,try_again_later",
            "pm_card_visa_chargeDeclinedLostCard,card_declined,lost_card,41,do_not_try_again",
            "pm_card_visa_chargeDeclinedStolenCard,card_declined,stolen_card,43,do_not_try_again",
            "pm_card_chargeDeclinedExpiredCard,expired_card,expired_card,54,confirm_card_data",
            "pm_card_chargeDeclinedIncorrectCvc,incorrect_cvc,incorrect_cvc,N7,confirm_card_data",
            "pm_card_chargeDeclinedProcessingError,processing_error,processing_error,96,try_again_later",
            "pm_card_radarBlock,card_declined,fraudulent,59,do_not_try_again",
        })
        void saysWhyItIsDeclined(String token, String code, String declineCode, String network, String advice) {
            var error = error(send(
                    "POST",
                    "/v1/payment_intents",
                    "amount=900&currency=usd&payment_method_types[]=card&confirm=true&payment_method=" + token));
            assertThat(error.path("type").asString()).isEqualTo("card_error");
            assertThat(error.path("code").asString()).isEqualTo(code);
            assertThat(error.path("decline_code").asString()).isEqualTo(declineCode);
            assertThat(error.path("network_decline_code").asString()).isEqualTo(network);
            assertThat(error.path("advice_code").asString()).isEqualTo(advice);
            assertThat(error.path("charge").asString()).startsWith("ch_");
            assertThat(error.path("payment_method").path("object").asString()).isEqualTo("payment_method");
            assertThat(error.path("payment_intent").path("status").asString()).isEqualTo("requires_payment_method");
        }

        @ParameterizedTest
        @CsvSource({
            "4000000000000341,succeeds to be made",
            "4242 4242 4242 4242,succeeds to be made",
            "4242424242424241,incorrect_number",
            "4111111111111111,card_declined",
        })
        void makesMethodsOfNumbers(String number, String code) {
            var answer = send("POST", "/v1/payment_methods", "type=card&card[exp_month]=1&card[number]=" + number);
            assertThat(answer.statusCode()).isEqualTo(code.startsWith("succeeds") ? 200 : 402);
            assertThat(error(answer).path("code").asString(code)).isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource({
            "card[exp_month]=13,invalid_expiry_month",
            "card[exp_year]=2019,invalid_expiry_year",
            "card[cvc]=12,invalid_cvc",
        })
        void refusesImpossibleCards(String data, String code) {
            var answer = send("POST", "/v1/payment_methods", "type=card&card[number]=4242424242424242&" + data);
            assertThat(answer.statusCode()).isEqualTo(402);
            assertThat(error(answer).path("code").asString()).isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource({
            "amount=49,amount_too_small,amount",
            "amount=0,parameter_invalid_integer,amount",
            "amount=100000000,amount_too_large,amount",
            "amount=900&off_session=true,,off_session",
            "amount=900&confirm=true,payment_intent_unexpected_state,",
            "amount=900&customer=cus_none,resource_missing,customer",
            "amount=900&payment_method=pm_none,resource_missing,payment_method",
            "amount=900&payment_method_types[]=card&payment_method=pm_usBankAccount_success,,payment_method",
            "amount=900&payment_method_types[]=sepa_debit&payment_method=pm_success_de,payment_method_currency_mismatch,payment_method",
            "amount=900&payment_method=pm_card_visa&confirm=true,,return_url",
        })
        void refusesWhatMakesNoSense(String params, String code, String param) {
            var answer = send("POST", "/v1/payment_intents", "currency=usd&" + params);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error(answer).path("code").asString(null)).isEqualTo(code);
            assertThat(error(answer).path("param").asString(null)).isEqualTo(param);
            assertThat(json(send("GET", "/v1/payment_intents", "")).path("data").isEmpty())
                    .isTrue();
        }

        @Test
        void keepsAMethodForLaterWhenAsked() throws StripeException {
            var customer = customerPayingWith("pm_card_mastercard");
            create(paying(900, "pm_card_visa")
                    .setCustomer(customer.getId())
                    .setSetupFutureUsage(SetupFutureUsage.OFF_SESSION));
            var saved = stripe.v1()
                    .paymentMethods()
                    .list(PaymentMethodListParams.builder()
                            .setCustomer(customer.getId())
                            .build());
            assertThat(saved.getData()).hasSize(2);
        }

        @Test
        void usesUpAMethodThatIsNobodys() throws StripeException {
            var intent = create(paying(900, "pm_card_visa"));
            assertThatThrownBy(() -> create(paying(900, intent.getPaymentMethod())))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("may not be used again");
        }

        @Test
        void takesNobodyElsesMethod() throws StripeException {
            var card = customerPayingWith("pm_card_visa").getInvoiceSettings().getDefaultPaymentMethod();
            var other = customerPayingWith("pm_card_visa");
            assertThatThrownBy(() -> create(paying(900, card))).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> create(paying(900, card).setCustomer(other.getId())))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Nested
    class Capturing {

        PaymentIntent authorized() throws StripeException {
            return create(paying(5000, "pm_card_visa").setCaptureMethod(CaptureMethod.MANUAL));
        }

        @Test
        void takesAPartOfWhatWasAuthorized() throws StripeException {
            var intent = authorized();
            assertThat(intent.getStatus()).isEqualTo("requires_capture");
            assertThat(intent.getAmountCapturable()).isEqualTo(5000);
            assertThat(stripe.v1().balanceTransactions().list().getData()).isEmpty();
            var captured = stripe.v1()
                    .paymentIntents()
                    .capture(
                            intent.getId(),
                            PaymentIntentCaptureParams.builder()
                                    .setAmountToCapture(3000L)
                                    .build());
            assertThat(captured.getStatus()).isEqualTo("succeeded");
            assertThat(captured.getAmountReceived()).isEqualTo(3000);
            assertThat(eventTypes())
                    .containsExactly(
                            "payment_intent.created",
                            "charge.succeeded",
                            "payment_intent.amount_capturable_updated",
                            "charge.captured",
                            "payment_intent.succeeded");
            assertUnexpected(() -> stripe.v1().paymentIntents().capture(intent.getId()));
            var refund = stripe.v1()
                    .refunds()
                    .create(RefundCreateParams.builder()
                            .setPaymentIntent(intent.getId())
                            .build());
            assertThat(refund.getAmount()).isEqualTo(3000);
        }

        @Test
        void takesNoMoreThanWasAuthorized() throws StripeException {
            var intent = authorized();
            assertThatThrownBy(() -> stripe.v1()
                            .paymentIntents()
                            .capture(
                                    intent.getId(),
                                    PaymentIntentCaptureParams.builder()
                                            .setAmountToCapture(5001L)
                                            .build()))
                    .isInstanceOf(InvalidRequestException.class);
        }

        @Test
        void releasesWhatIsCanceled() throws StripeException {
            var canceled = stripe.v1()
                    .paymentIntents()
                    .cancel(
                            authorized().getId(),
                            PaymentIntentCancelParams.builder()
                                    .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                                    .build());
            assertThat(canceled.getStatus()).isEqualTo("canceled");
            assertThat(canceled.getCancellationReason()).isEqualTo("abandoned");
            assertThat(stripe.v1()
                            .charges()
                            .retrieve(canceled.getLatestCharge())
                            .getRefunded())
                    .isTrue();
            assertThat(eventTypesAfter("payment_intent.amount_capturable_updated"))
                    .containsExactly("charge.refunded", "payment_intent.canceled");
        }
    }

    @Nested
    class Authenticating {

        @Test
        void waitsForTheCustomerAndThenPays() throws StripeException {
            var intent =
                    create(paying(900, "pm_card_threeDSecure2Required").setReturnUrl("https://shop.test/back?a=b"));
            assertThat(intent.getStatus()).isEqualTo("requires_action");
            assertThat(intent.getNextAction().getType()).isEqualTo("redirect_to_url");
            var url = intent.getNextAction()
                    .getRedirectToUrl()
                    .getUrl()
                    .substring(sandbox.baseUrl().length());
            assertThat(send("GET", url, "").body()).contains("Complete");
            var back = send("POST", url, "answer=yes");
            assertThat(back.statusCode()).isEqualTo(303);
            assertThat(back.headers().firstValue("Location").orElseThrow())
                    .startsWith("https://shop.test/back?a=b&payment_intent=" + intent.getId())
                    .endsWith("redirect_status=succeeded");
            var paid = again(intent);
            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(stripe.v1()
                            .charges()
                            .retrieve(paid.getLatestCharge())
                            .getPaymentMethodDetails()
                            .getCard()
                            .getThreeDSecure()
                            .getResult())
                    .isEqualTo("authenticated");
            assertThat(send("GET", url, "").statusCode()).isEqualTo(400);
            assertThat(send("GET", url.replace("_secret_", "_wrong_"), "").statusCode())
                    .isEqualTo(404);
        }

        @Test
        void failsWhenTheCustomerDoes() throws StripeException {
            var intent = create(paying(900, "pm_card_authenticationRequired"));
            assertThat(intent.getNextAction().getType()).isEqualTo("use_stripe_sdk");
            authenticate(intent, false);
            var failed = again(intent);
            assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
            assertThat(failed.getLastPaymentError().getCode()).isEqualTo("payment_intent_authentication_failure");
            assertThat(eventTypes())
                    .containsExactly(
                            "payment_intent.created",
                            "payment_intent.requires_action",
                            "payment_intent.payment_failed");
        }

        @ParameterizedTest
        @CsvSource({
            "pm_card_authenticationRequired,true,authentication_required",
            "pm_card_authenticationRequiredOnSetup,true,authentication_required",
            "pm_card_authenticationRequiredSetupForOffSession,true,succeeded",
            "pm_card_authenticationRequiredSetupForOffSession,false,requires_action",
            "pm_card_threeDSecureOptional,false,succeeded",
        })
        void dependsOnTheCardAndOnWhoIsThere(String token, boolean offSession, String result) {
            var answer = send(
                    "POST",
                    "/v1/payment_intents",
                    "amount=900&currency=usd&payment_method_types[]=card&confirm=true&payment_method=" + token
                            + "&off_session=" + offSession);
            var status = answer.statusCode() == 200
                    ? json(answer).path("status")
                    : error(answer).path("code");
            assertThat(status.asString()).isEqualTo(result);
        }

        @Test
        void declinesRatherThanWaitWhenAsked() {
            assertThatThrownBy(() ->
                            create(paying(900, "pm_card_threeDSecure2Required").setErrorOnRequiresAction(true)))
                    .isInstanceOf(CardException.class);
        }

        @Test
        void paysAnInvoiceInTheEnd() throws StripeException {
            var customer = customerPayingWith("pm_card_authenticationRequired");
            var invoice = draftOf(customer, 4500);
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId()))
                    .isInstanceOfSatisfying(
                            CardException.class,
                            refusal ->
                                    assertThat(refusal.getCode()).isEqualTo("invoice_payment_intent_requires_action"));
            assertThat(eventTypes()).endsWith("invoice.updated", "invoice.payment_action_required");
            authenticate(stripe.v1().paymentIntents().list().getData().getFirst(), true);
            assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus())
                    .isEqualTo("paid");
            assertThat(eventTypesAfter("invoice.payment_action_required"))
                    .containsExactly(
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "invoice_payment.paid",
                            "invoice.updated",
                            "invoice.paid",
                            "invoice.payment_succeeded");
        }

        @Test
        void leavesAnInvoiceOpenWhenTheCustomerFails() throws StripeException {
            var invoice = draftOf(customerPayingWith("pm_card_authenticationRequired"), 4500);
            send("POST", "/v1/invoices/" + invoice.getId() + "/pay", "");
            authenticate(stripe.v1().paymentIntents().list().getData().getFirst(), false);
            assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus())
                    .isEqualTo("open");
            assertThat(eventTypesAfter("payment_intent.payment_failed")).containsExactly("invoice.payment_failed");
        }
    }

    @Nested
    class Processing {

        PaymentIntent debit(String token) throws StripeException {
            return create(PaymentIntentCreateParams.builder()
                    .setAmount(900L)
                    .setCurrency("usd")
                    .addPaymentMethodType("us_bank_account")
                    .setPaymentMethod(token)
                    .setConfirm(true));
        }

        @Test
        void succeedsLater() throws StripeException {
            var intent = debit("pm_usBankAccount_success");
            assertThat(intent.getStatus()).isEqualTo("processing");
            assertThat(settled(intent).getStatus()).isEqualTo("succeeded");
            assertThat(eventTypes())
                    .containsExactly(
                            "payment_intent.created",
                            "charge.pending",
                            "payment_intent.processing",
                            "charge.succeeded",
                            "payment_intent.succeeded");
        }

        @Test
        void failsLater() throws StripeException {
            var intent = debit("pm_usBankAccount_accountClosed");
            assertThat(settled(intent).getLastPaymentError().getCode()).isEqualTo("account_closed");
            assertThat(stripe.v1().balanceTransactions().list().getData()).isEmpty();
            assertThat(eventTypesAfter("payment_intent.processing"))
                    .containsExactly("charge.failed", "payment_intent.payment_failed");
        }

        @Test
        void canBeCanceledOnlyWhenItNeverEnds() throws StripeException {
            var endless = debit("pm_usBankAccount_processing");
            assertThat(stripe.v1().paymentIntents().cancel(endless.getId()).getStatus())
                    .isEqualTo("canceled");
        }

        @Test
        void isArrangedForAnInvoiceThatFailsInTheEnd() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            arrange("{\"outcome\":\"processing\",\"then\":\"fail\",\"declineCode\":\"insufficient_funds\"}");
            var invoice = stripe.v1().invoices().pay(draftOf(customer, 4500).getId());
            assertThat(invoice.getStatus()).isEqualTo("open");
            assertThat(invoice.getAttempted()).isTrue();
            Awaitility.await().until(() -> eventTypes().contains("invoice.payment_failed"));
            assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus())
                    .isEqualTo("open");
            assertThat(stripe.v1().invoices().pay(invoice.getId()).getStatus()).isEqualTo("paid");
        }

        @Test
        void isArrangedForAnInvoiceThatIsPaidInTheEndAndNotTwice() throws StripeException {
            var customer = customerPayingWith("pm_card_visa");
            arrange("{\"outcome\":\"processing\",\"then\":\"never\"}");
            var stuck = stripe.v1().invoices().pay(draftOf(customer, 4500).getId());
            assertUnexpected(() -> stripe.v1().invoices().pay(stuck.getId()));
            arrange("{\"outcome\":\"processing\"}");
            var invoice = stripe.v1().invoices().pay(draftOf(customer, 700).getId());
            Awaitility.await()
                    .until(() -> stripe.v1()
                            .invoices()
                            .retrieve(invoice.getId())
                            .getStatus()
                            .equals("paid"));
        }
    }

    void arrange(String json) {
        assertThat(send("POST", "/_sandbox/outcomes", json).statusCode()).isEqualTo(200);
    }

    @Nested
    class Arranging {

        @Test
        void declinesACustomersNextPayments() throws StripeException {
            Customer unlucky = customerPayingWith("pm_card_visa");
            arrange("{\"outcome\":\"decline\",\"declineCode\":\"do_not_honor\",\"customer\":\"" + unlucky.getId()
                    + "\",\"count\":2}");
            assertThat(create(paying(900, "pm_card_visa")).getStatus()).isEqualTo("succeeded");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> create(paying(900, "pm_card_visa").setCustomer(unlucky.getId())))
                        .isInstanceOfSatisfying(
                                CardException.class,
                                declined ->
                                        assertThat(declined.getDeclineCode()).isEqualTo("do_not_honor"));
            }
            assertThat(create(paying(900, "pm_card_visa").setCustomer(unlucky.getId()))
                            .getStatus())
                    .isEqualTo("succeeded");
        }

        @Test
        void declinesAnAmountUntilItIsForgotten() throws StripeException {
            arrange("{\"outcome\":\"decline\",\"amount\":666,\"count\":5}");
            assertThatThrownBy(() -> create(paying(666, "pm_card_visa"))).isInstanceOf(CardException.class);
            assertThat(json(send("GET", "/_sandbox/outcomes", ""))
                            .path("outcomes")
                            .size())
                    .isEqualTo(1);
            send("DELETE", "/_sandbox/outcomes", "");
            assertThat(create(paying(666, "pm_card_visa")).getStatus()).isEqualTo("succeeded");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"outcome\":\"luck\"}",
                    "{\"outcome\":\"decline\",\"declineCode\":\"bad_mood\"}",
                    "{\"outcome\":\"processing\",\"then\":\"maybe\"}",
                    "{\"outcome\":\"success\",\"count\":0}"
                })
        void refusesWhatItDoesNotKnow(String json) {
            assertThat(send("POST", "/_sandbox/outcomes", json).statusCode()).isEqualTo(400);
        }

        @Test
        void opensAndDecidesDisputes() throws StripeException {
            var charge = create(paying(900, "pm_card_visa")).getLatestCharge();
            var dispute = json(
                    send("POST", "/_sandbox/disputes", "{\"charge\":\"" + charge + "\",\"reason\":\"duplicate\"}"));
            assertThat(dispute.path("status").asString()).isEqualTo("needs_response");
            var decided = Map.of("dispute", dispute.path("id").asString(), "outcome", "won");
            var body = tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(decided);
            assertThat(json(send("POST", "/_sandbox/disputes/decide", body))
                            .path("status")
                            .asString())
                    .isEqualTo("won");
            assertThat(send("POST", "/_sandbox/disputes/decide", body).statusCode())
                    .isEqualTo(400);
        }
    }
}
