package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.SetupAttemptListParams;
import com.stripe.param.SetupIntentCreateParams;
import org.junit.jupiter.api.Test;

class SetupIntentTest extends Sandboxed {

    SetupIntent setUp(Customer customer, String token) throws StripeException {
        return stripe.v1()
                .setupIntents()
                .create(SetupIntentCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setPaymentMethod(token)
                        .addPaymentMethodType("card")
                        .setConfirm(true)
                        .build());
    }

    void authenticate(SetupIntent intent, boolean passed) {
        send("POST", "/_sandbox/authentications", "{\"intent\":\"" + intent.getId() + "\",\"passed\":" + passed + "}");
    }

    @Test
    void savesACard() throws StripeException {
        var customer = customerPayingWith("pm_card_mastercard");
        var intent = setUp(customer, "pm_card_visa");
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getUsage()).isEqualTo("off_session");
        assertThat(stripe.v1()
                        .paymentMethods()
                        .retrieve(intent.getPaymentMethod())
                        .getCustomer())
                .isEqualTo(customer.getId());
        assertThat(eventTypesAfter("customer.created"))
                .containsExactly("setup_intent.created", "payment_method.attached", "setup_intent.succeeded");
        assertThatThrownBy(() -> stripe.v1().setupIntents().cancel(intent.getId()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo("setup_intent_unexpected_state"));
        assertThat(stripe.v1()
                        .setupAttempts()
                        .list(SetupAttemptListParams.builder()
                                .setSetupIntent(intent.getId())
                                .build())
                        .getData())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.getStatus()).isEqualTo("succeeded"));
    }

    @Test
    void letsACardPayWithoutItsOwnerOnceHeHasAuthenticated() throws StripeException {
        var customer = customerPayingWith("pm_card_mastercard");
        var intent = setUp(customer, "pm_card_authenticationRequiredOnSetup");
        assertThat(intent.getStatus()).isEqualTo("requires_action");
        assertThat(stripe.v1()
                        .paymentMethods()
                        .retrieve(intent.getPaymentMethod())
                        .getCustomer())
                .isNull();
        authenticate(intent, true);
        assertThat(stripe.v1().setupIntents().retrieve(intent.getId()).getStatus())
                .isEqualTo("succeeded");
        var paid = stripe.v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(900L)
                        .setCurrency("usd")
                        .setCustomer(customer.getId())
                        .setPaymentMethod(intent.getPaymentMethod())
                        .addPaymentMethodType("card")
                        .setOffSession(true)
                        .setConfirm(true)
                        .build());
        assertThat(paid.getStatus()).isEqualTo("succeeded");
    }

    @Test
    void failsWithItsOwner() throws StripeException {
        var intent = setUp(customerPayingWith("pm_card_visa"), "pm_card_authenticationRequired");
        authenticate(intent, false);
        var failed = stripe.v1().setupIntents().retrieve(intent.getId());
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        assertThat(failed.getLastSetupError().getCode()).isEqualTo("setup_intent_authentication_failure");
        assertThat(eventTypes()).endsWith("setup_intent.requires_action", "setup_intent.setup_failed");
    }

    @Test
    void isDeclinedByTheIssuer() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        assertThatThrownBy(() -> setUp(customer, "pm_card_visa_chargeDeclined")).isInstanceOf(CardException.class);
        assertThat(stripe.v1().setupIntents().list().getData())
                .singleElement()
                .satisfies(intent ->
                        assertThat(intent.getLastSetupError().getDeclineCode()).isEqualTo("generic_decline"));
        assertThat(setUp(customer, "pm_card_chargeCustomerFail").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void isCanceledBeforeItEnds() throws StripeException {
        var intent = stripe.v1()
                .setupIntents()
                .create(SetupIntentCreateParams.builder().build());
        assertThat(intent.getAutomaticPaymentMethods().getEnabled()).isTrue();
        assertThatThrownBy(() -> stripe.v1().setupIntents().confirm(intent.getId()))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(stripe.v1().setupIntents().cancel(intent.getId()).getStatus())
                .isEqualTo("canceled");
    }

    @Test
    void savesBankAccountsToo() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var id = json(send(
                        "POST",
                        "/v1/payment_methods",
                        "type=us_bank_account&us_bank_account[account_number]=000123456789"
                                + "&us_bank_account[routing_number]=110000000&billing_details[name]=A"))
                .path("id")
                .asString();
        var attached = stripe.v1()
                .paymentMethods()
                .attach(
                        id,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
        assertThat(attached.getUsBankAccount().getLast4()).isEqualTo("6789");
        var accounts = stripe.v1()
                .paymentMethods()
                .list(PaymentMethodListParams.builder()
                        .setCustomer(customer.getId())
                        .setType(PaymentMethodListParams.Type.US_BANK_ACCOUNT)
                        .build());
        assertThat(accounts.getData()).extracting(PaymentMethod::getId).containsExactly(id);
        assertThat(stripe.v1()
                        .customers()
                        .paymentMethods()
                        .list(customer.getId())
                        .getData())
                .hasSize(2);
    }
}
