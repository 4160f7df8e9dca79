package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentMethodAttachParams;
import org.junit.jupiter.api.Test;

class CustomerTest extends Sandboxed {

    String created(String body) {
        var answer = send("POST", "/v1/customers", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("id").asString();
    }

    @Test
    void mergesMetadataAndRemovesWhatIsEmpty() {
        var id = created("metadata[a]=1&metadata[b]=2");
        send("POST", "/v1/customers/" + id, "metadata[b]=&metadata[c]=3");
        assertThat(json(send("GET", "/v1/customers/" + id, "")).path("metadata").toString())
                .isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
        send("POST", "/v1/customers/" + id, "metadata=");
        assertThat(json(send("GET", "/v1/customers/" + id, "")).path("metadata").isEmpty())
                .isTrue();
    }

    @Test
    void unsetsAFieldByAnEmptyString() {
        var id = created("email=a@x.io&phone=1");
        send("POST", "/v1/customers/" + id, "email=");
        var customer = json(send("GET", "/v1/customers/" + id, ""));
        assertThat(customer.path("email").isNull()).isTrue();
        assertThat(customer.path("phone").asString()).isEqualTo("1");
    }

    @Test
    void saysWhatWasBeforeInTheEventOfAChange() throws StripeException {
        var id = created("name=Old&metadata[a]=1&metadata[b]=2");
        send(
                "POST",
                "/v1/customers/" + id,
                "name=New&metadata[a]=9",
                "Authorization",
                "Bearer " + KEY,
                "Idempotency-Key",
                "change-1");
        var event = stripe.v1()
                .events()
                .list(EventListParams.builder().setType("customer.updated").build())
                .getData()
                .getFirst();
        assertThat(event.getData().getPreviousAttributes().toString())
                .contains("Old")
                .doesNotContain("b=");
        assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("change-1");
    }

    @Test
    void leavesAStubWhenDeleted() throws StripeException {
        var id = created("name=Gone");
        assertThat(stripe.v1().customers().delete(id).getDeleted()).isTrue();
        assertThat(stripe.v1().customers().retrieve(id).getDeleted()).isTrue();
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
        assertThat(send("POST", "/v1/customers/" + id, "name=x").statusCode()).isEqualTo(404);
        assertThat(eventTypes()).containsExactly("customer.created", "customer.deleted");
    }

    @Test
    void makesANewPaymentMethodOfATestToken() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var expanded = stripe.v1()
                .customers()
                .retrieve(
                        customer.getId(),
                        CustomerRetrieveParams.builder()
                                .addExpand("invoice_settings.default_payment_method")
                                .build());
        var method = expanded.getInvoiceSettings().getDefaultPaymentMethodObject();
        assertThat(method.getId()).startsWith("pm_").isNotEqualTo("pm_card_visa");
        assertThat(method.getCustomer()).isEqualTo(customer.getId());
        assertThat(stripe.v1()
                        .customers()
                        .paymentMethods()
                        .list(
                                customer.getId(),
                                CustomerPaymentMethodListParams.builder().build())
                        .getData())
                .hasSize(1);
    }

    @Test
    void refusesToAttachACardThatTheIssuerDeclines() {
        var id = created("name=Acme");
        var attach = PaymentMethodAttachParams.builder().setCustomer(id).build();
        assertThatThrownBy(() -> stripe.v1().paymentMethods().attach("pm_card_visa_chargeDeclined", attach))
                .isInstanceOf(CardException.class);
    }

    @Test
    void neverTakesADetachedMethodBack() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var method = stripe.v1()
                .customers()
                .retrieve(customer.getId())
                .getInvoiceSettings()
                .getDefaultPaymentMethod();
        assertThat(stripe.v1().paymentMethods().detach(method).getCustomer()).isNull();
        assertThat(stripe.v1()
                        .customers()
                        .retrieve(customer.getId())
                        .getInvoiceSettings()
                        .getDefaultPaymentMethod())
                .isNull();
        var attach = PaymentMethodAttachParams.builder()
                .setCustomer(customer.getId())
                .build();
        assertThatThrownBy(() -> stripe.v1().paymentMethods().attach(method, attach))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void addsSubListsOnlyWhenAsked() {
        var id = created("name=Acme");
        assertThat(json(send("GET", "/v1/customers/" + id, "")).has("subscriptions"))
                .isFalse();
        assertThat(json(send("GET", "/v1/customers/" + id + "?expand%5B%5D=subscriptions", ""))
                        .has("subscriptions"))
                .isTrue();
    }
}
