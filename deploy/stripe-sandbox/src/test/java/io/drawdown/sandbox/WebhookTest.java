package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.EventListParams;
import com.stripe.param.WebhookEndpointCreateParams;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest extends Webhooked {

    WebhookEndpoint endpointFor(WebhookEndpointCreateParams.EnabledEvent... events) throws StripeException {
        return stripe.v1()
                .webhookEndpoints()
                .create(WebhookEndpointCreateParams.builder()
                        .setUrl(receiverUrl())
                        .addAllEnabledEvent(List.of(events))
                        .build());
    }

    @Test
    void deliversSignedEventsThatStripeJavaAccepts() throws StripeException, SignatureVerificationException {
        var endpoint = endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        var customer = stripe.v1().customers().create();
        Awaitility.await().until(() -> received.size() == 1);
        var one = received.getFirst();
        Event event = Webhook.constructEvent(one.body(), one.signature(), endpoint.getSecret());
        assertThat(event.getDataObjectDeserializer().getObject())
                .hasValueSatisfying(object -> assertThat(object).isEqualTo(customer));
        assertThat(event.getRequest().getId())
                .isEqualTo(customer.getLastResponse().requestId());
        ContractCheck.event(JsonMapper.shared().readTree(one.body()));
        assertThat(stripe.v1().webhookEndpoints().retrieve(endpoint.getId()).getSecret())
                .isNull();
    }

    @Test
    void keepsTheOrderOfOneCustomersEvents() throws StripeException {
        endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 4500);
        stripe.v1().invoices().pay(invoice.getId());
        Awaitility.await().until(() -> received.size() == eventTypes().size());
        var ofInvoice = receivedTypes().stream()
                .filter(type -> type.startsWith("invoice."))
                .toList();
        assertThat(ofInvoice)
                .isEqualTo(eventTypes().stream()
                        .filter(type -> type.startsWith("invoice."))
                        .toList());
        received.forEach(one -> ContractCheck.event(JsonMapper.shared().readTree(one.body())));
    }

    @Test
    void sendsOnlyWhatIsEnabled() throws StripeException {
        endpointFor(WebhookEndpointCreateParams.EnabledEvent.PRODUCT__CREATED);
        stripe.v1().customers().create();
        send("POST", "/v1/products", "name=Tokens");
        Awaitility.await().until(() -> !received.isEmpty());
        assertThat(receivedTypes()).containsExactly("product.created");
    }

    @Test
    void triesAgainUntilAccepted() throws StripeException {
        refusals.set(2);
        endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        stripe.v1().customers().create();
        Awaitility.await().until(() -> received.size() == 1);
        Awaitility.await()
                .until(() -> stripe.v1().events().list().getData().getFirst().getPendingWebhooks() == 0);
    }

    @Test
    void losesWhatItIsToldToLoseButTheListHasIt() throws StripeException {
        endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        send("POST", "/_sandbox/webhooks", "{\"drop\":1}");
        var lost = stripe.v1().customers().create();
        Awaitility.await()
                .until(() ->
                        json(send("GET", "/_sandbox/webhooks", "")).path("drop").asInt() == 0);
        stripe.v1().customers().create();
        Awaitility.await().until(() -> received.size() == 1);
        Awaitility.await() // That one was received is noted after it was.
                .untilAsserted(() -> assertThat(missed())
                        .singleElement()
                        .satisfies(event ->
                                assertThat(event.getData().getObject().toJson()).contains(lost.getId())));
    }

    List<Event> missed() throws StripeException {
        return stripe.v1()
                .events()
                .list(EventListParams.builder().setDeliverySuccess(false).build())
                .getData();
    }

    @Test
    void repeatsAndHoldsOnDemand() throws StripeException {
        endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        send("POST", "/_sandbox/webhooks", "{\"hold\":true,\"duplicate\":1}");
        stripe.v1().customers().create();
        stripe.v1().customers().create();
        assertThat(received).isEmpty();
        send("POST", "/_sandbox/webhooks", "{\"hold\":false}");
        Awaitility.await().until(() -> received.size() == 3);
        assertThat(received.stream().map(Received::body).distinct()).hasSize(2);
    }

    @Test
    void stopsWhenTheEndpointIsDeletedOrDisabled() throws StripeException {
        var endpoint = endpointFor(WebhookEndpointCreateParams.EnabledEvent.ALL);
        send("POST", "/v1/webhook_endpoints/" + endpoint.getId(), "disabled=true");
        stripe.v1().customers().create();
        send("POST", "/v1/webhook_endpoints/" + endpoint.getId(), "disabled=false");
        send("POST", "/v1/products", "name=Tokens");
        Awaitility.await().until(() -> !received.isEmpty());
        assertThat(receivedTypes()).containsExactly("product.created");
        stripe.v1().webhookEndpoints().delete(endpoint.getId());
        assertThat(stripe.v1().webhookEndpoints().list().getData()).isEmpty();
    }
}
