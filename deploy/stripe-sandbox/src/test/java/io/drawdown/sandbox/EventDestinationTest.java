package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.v2.core.EventDestination;
import com.stripe.net.RequestOptions;
import com.stripe.param.common.EmptyParam;
import com.stripe.param.v2.core.EventDestinationCreateParams;
import com.stripe.param.v2.core.EventDestinationListParams;
import com.stripe.param.v2.core.EventDestinationRetrieveParams;
import com.stripe.param.v2.core.EventDestinationUpdateParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EventDestinationTest extends Webhooked {

    EventDestinationCreateParams.Builder destination(EventDestinationCreateParams.EventPayload payload, String event) {
        return EventDestinationCreateParams.builder()
                .setName("Ours")
                .setType(EventDestinationCreateParams.Type.WEBHOOK_ENDPOINT)
                .setEventPayload(payload)
                .addEnabledEvent(event)
                .setWebhookEndpoint(EventDestinationCreateParams.WebhookEndpoint.builder()
                        .setUrl(receiverUrl())
                        .build())
                .addInclude(EventDestinationCreateParams.Include.WEBHOOK_ENDPOINT__SIGNING_SECRET);
    }

    EventDestination create(EventDestinationCreateParams.EventPayload payload, String event) throws StripeException {
        return stripe.v2()
                .core()
                .eventDestinations()
                .create(destination(payload, event).build());
    }

    @Test
    void showsItsSecretOnceAndItsUrlOnRequest() throws StripeException {
        var created = create(EventDestinationCreateParams.EventPayload.THIN, "*");
        assertThat(created.getWebhookEndpoint().getSigningSecret()).startsWith("whsec_");
        var destinations = stripe.v2().core().eventDestinations();
        assertThat(destinations.retrieve(created.getId()).getWebhookEndpoint()).isNull();
        var withUrl = destinations.retrieve(
                created.getId(),
                EventDestinationRetrieveParams.builder()
                        .addInclude(EventDestinationRetrieveParams.Include.WEBHOOK_ENDPOINT__URL)
                        .build());
        assertThat(withUrl.getWebhookEndpoint().getUrl()).isEqualTo(receiverUrl());
        assertThat(withUrl.getWebhookEndpoint().getSigningSecret()).isNull();
    }

    @Test
    void receivesSnapshots() throws StripeException, SignatureVerificationException {
        var created = create(EventDestinationCreateParams.EventPayload.SNAPSHOT, "customer.created");
        var customer = stripe.v1().customers().create();
        send("POST", "/v1/products", "name=Tokens");
        Awaitility.await().until(() -> received.size() == 1);
        var one = received.getFirst();
        ContractCheck.event(JsonMapper.shared().readTree(one.body()));
        var event = stripe.constructEvent(
                one.body(), one.signature(), created.getWebhookEndpoint().getSigningSecret());
        assertThat(event.getDataObjectDeserializer().getObject()).contains(customer);
    }

    @Test
    void answersAPing() throws StripeException, SignatureVerificationException {
        var created = create(EventDestinationCreateParams.EventPayload.THIN, "v1.billing.meter.no_meter_found");
        create(EventDestinationCreateParams.EventPayload.THIN, "*");
        var ping = stripe.v2().core().eventDestinations().ping(created.getId());
        Awaitility.await().until(() -> received.size() == 1);
        ContractCheck.notification(
                JsonMapper.shared().readTree(received.getFirst().body()));
        var notification = stripe.parseEventNotification(
                received.getFirst().body(),
                received.getFirst().signature(),
                created.getWebhookEndpoint().getSigningSecret());
        assertThat(notification.getId()).isEqualTo(ping.getId());
        assertThat(notification.getType()).isEqualTo("v2.core.event_destination.ping");
        assertThat(notification.getReason().getRequest().getId())
                .isEqualTo(ping.getLastResponse().requestId());
        assertThat(stripe.v2().core().events().retrieve(ping.getId()).getType()).isEqualTo(ping.getType());
    }

    @Test
    void oneOfAllThinEventsIsThereFromTheStart(@TempDir Path data)
            throws StripeException, SignatureVerificationException {
        var options = SandboxOptions.defaults().withData(data).withThinWebhook(receiverUrl(), "whsec_given");
        StripeSandbox.start(options).close();
        try (var again = StripeSandbox.start(options)) {
            var client = StripeClient.builder()
                    .setApiKey("sk_test_again")
                    .setApiBase(again.baseUrl())
                    .build();
            var destinations = client.v2().core().eventDestinations();
            var only = destinations.list().getData();
            assertThat(only).hasSize(1);
            var ping = destinations.ping(only.getFirst().getId());
            Awaitility.await().until(() -> received.size() == 1);
            var one = received.getFirst();
            assertThat(client.parseEventNotification(one.body(), one.signature(), "whsec_given")
                            .getId())
                    .isEqualTo(ping.getId());
        }
    }

    @Test
    void changesWhatItIsToldTo() throws StripeException {
        var created = stripe.v2()
                .core()
                .eventDestinations()
                .create(destination(EventDestinationCreateParams.EventPayload.THIN, "*")
                        .setDescription("old")
                        .putMetadata("a", "1")
                        .putMetadata("b", "2")
                        .build());
        var updated = stripe.v2()
                .core()
                .eventDestinations()
                .update(
                        created.getId(),
                        EventDestinationUpdateParams.builder()
                                .setDescription(EmptyParam.EMPTY)
                                .setName("Theirs")
                                .addEnabledEvent("v1.billing.meter.no_meter_found")
                                .putMetadata("a", EmptyParam.EMPTY)
                                .putMetadata("c", "3")
                                .build());
        assertThat(updated.getName()).isEqualTo("Theirs");
        assertThat(updated.getDescription()).isEmpty();
        assertThat(updated.getEnabledEvents()).containsExactly("v1.billing.meter.no_meter_found");
        assertThat(updated.getMetadata()).containsOnlyKeys("b", "c");
    }

    @Test
    void isSilentWhileDisabledAndGoneWhenDeleted() throws StripeException {
        var destinations = stripe.v2().core().eventDestinations();
        var created = create(EventDestinationCreateParams.EventPayload.SNAPSHOT, "*");
        var disabled = destinations.disable(created.getId());
        assertThat(disabled.getStatus()).isEqualTo("disabled");
        assertThat(disabled.getStatusDetails().getDisabled().getReason()).isEqualTo("user");
        stripe.v1().customers().create();
        assertThat(destinations.enable(created.getId()).getStatus()).isEqualTo("enabled");
        send("POST", "/v1/products", "name=Tokens");
        Awaitility.await().until(() -> !received.isEmpty());
        assertThat(receivedTypes()).containsExactly("product.created");
        assertThat(destinations.delete(created.getId()).getId()).isEqualTo(created.getId());
        assertThatThrownBy(() -> destinations.retrieve(created.getId()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        missing -> assertThat(missing.getStatusCode()).isEqualTo(404));
    }

    @Test
    void pagesByUrl() throws StripeException {
        for (int i = 0; i < 5; i++) {
            create(EventDestinationCreateParams.EventPayload.THIN, "*");
        }
        var seen = new ArrayList<String>();
        var first = stripe.v2()
                .core()
                .eventDestinations()
                .list(EventDestinationListParams.builder()
                        .setLimit(2L)
                        .addInclude(EventDestinationListParams.Include.WEBHOOK_ENDPOINT__URL)
                        .build());
        first.autoPagingIterable().forEach(one -> {
            assertThat(one.getWebhookEndpoint().getUrl()).isEqualTo(receiverUrl());
            seen.add(one.getId());
        });
        assertThat(seen).hasSize(5);
        assertThat(new HashSet<>(seen)).hasSize(5);
        assertThat(first.getPreviousPageUrl()).isNull();
        var second = json(send("GET", first.getNextPageUrl(), ""));
        var back = json(send("GET", second.path("previous_page_url").asString(), ""));
        assertThat(back.path("data")).hasSize(2);
        assertThat(back.path("data").get(0).path("id").asString()).isEqualTo(seen.getFirst());
        assertThat(back.path("previous_page_url").isNull()).isTrue();
        assertThat(send("GET", "/v2/core/event_destinations?page=nonsense", "").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/v2/core/event_destinations?limit=0", "").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type":"amazon_eventbridge"                     | type=amazon_eventbridge
            "enabled_events":["nothing.happened"]           | enabled_events
            "enabled_events":["customer.created"]           | enabled_events
            "enabled_events":[]                             | enabled_events
            "webhook_endpoint":{"url":"ftp://x"}            | webhook_endpoint.url
            "webhook_endpoint":{}                           | webhook_endpoint.url
            "events_from":["@organization_members"]         | events_from
            "snapshot_api_version":"2026-07-29.dahlia"      | snapshot_api_version
            "event_payload":"thick"                         | event_payload
            "name":""                                       | name
            "metadata":{"a":[]}                             | metadata.a
            "secret":"x"                                    | secret
            """)
    void refusesWithTheParameter(String property, String param) {
        var body =
                "{\"name\":\"n\",\"type\":\"webhook_endpoint\",\"event_payload\":\"thin\",\"enabled_events\":[\"*\"],"
                        + "\"webhook_endpoint\":{\"url\":\"http://127.0.0.1:1\"}," + property + "}";
        var refused = send("POST", "/v2/core/event_destinations", body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(error(refused).path("param").asString()).isEqualTo(param);
    }

    @Test
    void repeatsASuccessAndRunsAFailureAgain() throws StripeException {
        var params =
                destination(EventDestinationCreateParams.EventPayload.THIN, "*").build();
        var options = RequestOptions.builder().setIdempotencyKey("k").build();
        var destinations = stripe.v2().core().eventDestinations();
        for (int i = 0; i < 16; i++) {
            stripe.v2().core().eventDestinations().create(params);
        }
        assertThatThrownBy(() -> destinations.create(params, options)).isInstanceOf(InvalidRequestException.class);
        destinations.delete(destinations.list().getData().getFirst().getId());
        var created = destinations.create(params, options);
        assertThat(destinations.create(params, options).getId()).isEqualTo(created.getId());
        assertThatThrownBy(() -> destinations.create(
                        destination(EventDestinationCreateParams.EventPayload.SNAPSHOT, "*")
                                .build(),
                        options))
                .isInstanceOf(IdempotencyException.class);
        assertThat(destinations.delete(created.getId(), key("d")).getId()).isEqualTo(created.getId());
        assertThat(destinations.delete(created.getId(), key("d")).getId()).isEqualTo(created.getId());
    }
}
