package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import io.drawdown.sandbox.webhook.WebhookSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WebhookControlTest extends Webhooked {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withWebhookTimeScale(600)
                .withWebhookSettings(new WebhookSettings(2, Duration.ofSeconds(10), WebhookSettings.DEFAULT.retries()));
    }

    WebhookEndpoint endpoint() throws StripeException {
        return stripe.v1()
                .webhookEndpoints()
                .create(WebhookEndpointCreateParams.builder()
                        .setUrl(receiverUrl())
                        .addEnabledEvent(EnabledEvent.ALL)
                        .build());
    }

    JsonNode control(String method, String path, String body) {
        var answer = send(method, "/_sandbox/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    List<JsonNode> deliveriesOf(Event event) {
        return control("GET", "events/" + event.getId() + "/deliveries", "")
                .path("deliveries")
                .valueStream()
                .toList();
    }

    Event lastEvent() throws StripeException {
        return stripe.v1().events().list().getData().getFirst();
    }

    static Event parse(Received one, String secret) throws SignatureVerificationException {
        return Webhook.constructEvent(one.body(), one.signature(), secret);
    }

    @Nested
    class Secrets {

        @Test
        void signTogetherWhileTheyOverlap() throws StripeException {
            var endpoint = endpoint();
            var rolled = control("POST", "endpoints/" + endpoint.getId() + "/roll_secret", "")
                    .path("secret")
                    .asString();
            stripe.v1().customers().create();
            Awaitility.await().until(() -> received.size() == 1);
            assertThat(rolled).isNotEqualTo(endpoint.getSecret());
            for (String secret : List.of(endpoint.getSecret(), rolled)) {
                assertThatCode(() -> parse(received.getFirst(), secret)).doesNotThrowAnyException();
            }
        }

        @Test
        void endAtOnceWithoutOverlap() throws StripeException {
            var endpoint = endpoint();
            var rolled = control("POST", "endpoints/" + endpoint.getId() + "/roll_secret", "{\"overlapSeconds\":0}");
            stripe.v1().customers().create();
            Awaitility.await().until(() -> received.size() == 1);
            assertThatCode(() ->
                            parse(received.getFirst(), rolled.path("secret").asString()))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> parse(received.getFirst(), endpoint.getSecret()))
                    .isInstanceOf(SignatureVerificationException.class);
        }
    }

    @Nested
    class TheLog {

        @Test
        void saysHowEachAttemptEnded() throws StripeException {
            refusals.set(1);
            var endpoint = endpoint();
            stripe.v1().customers().create();
            Awaitility.await().until(() -> received.size() == 1);
            var event = lastEvent();
            Awaitility.await()
                    .until(() -> deliveriesOf(event).getFirst().path("state").asString(), "succeeded"::equals);
            var delivery = deliveriesOf(event).getFirst();
            assertThat(delivery.path("attempts")
                            .valueStream()
                            .map(attempt -> attempt.path("status").asInt()))
                    .containsExactly(500, 200);
            assertThat(delivery.path("next_attempt_at").isNull()).isTrue();
            assertThat(control("GET", "endpoints/" + endpoint.getId() + "/deliveries", "")
                            .path("deliveries"))
                    .hasSize(1);
        }

        @Test
        void saysThatAnEndpointDidNotAnswerInTime() throws Exception {
            sandbox.close();
            sandbox = StripeSandbox.start(SandboxOptions.defaults()
                    .withWebhookSettings(
                            new WebhookSettings(2, Duration.ofMillis(50), WebhookSettings.DEFAULT.retries())));
            stripe = client(2);
            try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                send(
                        "POST",
                        "/v1/webhook_endpoints",
                        "enabled_events[]=*&url=http://127.0.0.1:" + silent.getLocalPort());
                stripe.v1().customers().create();
                var event = lastEvent();
                Awaitility.await()
                        .until(() ->
                                !deliveriesOf(event).getFirst().path("attempts").isEmpty());
                assertThat(deliveriesOf(event)
                                .getFirst()
                                .at("/attempts/0/status")
                                .asInt())
                        .isZero();
            }
        }

        @Test
        void givesUpAfterTheRetriesThatItIsTold() throws StripeException {
            sandbox.close();
            sandbox = StripeSandbox.start(SandboxOptions.defaults()
                    .withWebhookSettings(
                            new WebhookSettings(2, Duration.ofSeconds(10), List.of(Duration.ofMillis(50)))));
            stripe = client(2);
            refusals.set(3);
            endpoint();
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await()
                    .until(() -> deliveriesOf(event)
                            .getFirst()
                            .path("state")
                            .asString()
                            .equals("failed"));
            assertThat(deliveriesOf(event).getFirst().path("attempts")).hasSize(2);
        }

        @Test
        void saysWhenTheNextAttemptIs() throws StripeException {
            sandbox.close();
            sandbox = StripeSandbox.start(SandboxOptions.defaults());
            stripe = client(2);
            refusals.set(1);
            endpoint();
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await()
                    .until(() ->
                            !deliveriesOf(event).getFirst().path("attempts").isEmpty());
            var delivery = deliveriesOf(event).getFirst();
            assertThat(delivery.path("state").asString()).isEqualTo("pending");
            long first = delivery.at("/attempts/0/at").asLong();
            assertThat(delivery.path("next_attempt_at").asLong() - first).isBetween(60_000L, 75_000L);
        }

        @Test
        void hasWhatAnEndpointStoppedTaking() throws StripeException {
            refusals.set(100);
            var endpoint = endpoint();
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await()
                    .until(() ->
                            !deliveriesOf(event).getFirst().path("attempts").isEmpty());
            send("POST", "/v1/webhook_endpoints/" + endpoint.getId(), "disabled=true");
            Awaitility.await()
                    .until(() -> deliveriesOf(event).getFirst().path("state").asString(), "dropped"::equals);
            assertThat(json(send("GET", "/v1/events?delivery_success=false", ""))
                            .path("data"))
                    .hasSize(1);
        }

        @Test
        void resumesWhenTheEndpointIsEnabledBeforeTheNextAttempt() throws StripeException {
            refusals.set(1);
            var endpoint = endpoint();
            send("POST", "/_sandbox/webhooks", "{\"delayMillis\":300}");
            stripe.v1().customers().create();
            send("POST", "/v1/webhook_endpoints/" + endpoint.getId(), "disabled=true");
            send("POST", "/v1/webhook_endpoints/" + endpoint.getId(), "disabled=false");
            Awaitility.await().until(() -> received.size() == 1);
        }
    }

    @Nested
    class Resending {

        @Test
        void keepsTheId() throws StripeException {
            endpoint();
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await().until(() -> lastEvent().getPendingWebhooks() == 0);
            assertThat(control("POST", "events/" + event.getId() + "/resend", "")
                            .path("deliveries")
                            .asInt())
                    .isEqualTo(1);
            Awaitility.await().until(() -> received.size() == 2);
            Awaitility.await().until(() -> lastEvent().getPendingWebhooks() == 0);
            assertThat(receivedIds()).containsExactly(event.getId(), event.getId());
        }

        @Test
        void recoversWhatWasLost() throws StripeException {
            var endpoint = endpoint();
            send("POST", "/_sandbox/webhooks", "{\"drop\":1}");
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await()
                    .until(() -> deliveriesOf(event).getFirst().path("state").asString(), "dropped"::equals);
            control("POST", "events/" + event.getId() + "/resend", "{\"endpoint\":\"" + endpoint.getId() + "\"}");
            Awaitility.await().until(() -> received.size() == 1);
        }

        @ParameterizedTest
        @CsvSource({"events/evt_x/resend", "endpoints/we_x/roll_secret", "nothing/x/y"})
        void refusesWhatIsNotThere(String path) {
            assertThat(send("POST", "/_sandbox/" + path, "").statusCode()).isEqualTo(404);
        }

        List<String> receivedIds() {
            return received.stream()
                    .map(one -> tools.jackson.databind.json.JsonMapper.shared()
                            .readTree(one.body())
                            .path("id")
                            .asString())
                    .toList();
        }
    }

    @Nested
    class Trouble {

        @Test
        void shufflesTheOrder() throws StripeException {
            endpoint();
            send("POST", "/_sandbox/webhooks", "{\"shuffle\":true}");
            var customer = stripe.v1().customers().create();
            for (int i = 0; i < 20; i++) {
                send("POST", "/v1/customers/" + customer.getId(), "name=n" + i);
            }
            Awaitility.await().until(() -> received.size() == 21);
            var sent = names();
            assertThat(sent).hasSize(21).isNotEqualTo(sent.stream().sorted().toList());
            assertThat(sent).doesNotHaveDuplicates();
        }

        /** The customer's name at each event, zero-padded so that the right order is the alphabet's. */
        List<String> names() {
            return received.stream()
                    .map(one -> tools.jackson.databind.json.JsonMapper.shared()
                            .readTree(one.body())
                            .at("/data/object/name")
                            .asString(""))
                    .map(name -> name.isEmpty() ? "" : "%03d".formatted(Integer.parseInt(name.substring(1))))
                    .toList();
        }

        @Test
        void keepsTheOrderOtherwise() throws StripeException {
            endpoint();
            var customer = stripe.v1().customers().create();
            for (int i = 0; i < 20; i++) {
                send("POST", "/v1/customers/" + customer.getId(), "name=n" + i);
            }
            Awaitility.await().until(() -> received.size() == 21);
            assertThat(names()).isSorted();
        }

        @Test
        void delays() throws StripeException {
            endpoint();
            send("POST", "/_sandbox/webhooks", "{\"delayMillis\":400}");
            stripe.v1().customers().create();
            var event = lastEvent();
            Awaitility.await().until(() -> received.size() == 1);
            var attempt = Awaitility.await()
                    .until(() -> deliveriesOf(event).getFirst().path("attempts").get(0), java.util.Objects::nonNull);
            assertThat(attempt.path("at").asLong()).isGreaterThanOrEqualTo(event.getCreated() * 1_000 + 400);
        }

        @Test
        void datesSignaturesWrongly() throws StripeException {
            var endpoint = endpoint();
            send("POST", "/_sandbox/webhooks", "{\"skewSeconds\":-400}");
            stripe.v1().customers().create();
            Awaitility.await().until(() -> received.size() == 1);
            assertThatThrownBy(() -> parse(received.getFirst(), endpoint.getSecret()))
                    .isInstanceOf(SignatureVerificationException.class)
                    .hasMessageContaining("tolerance");
            send("DELETE", "/_sandbox/webhooks", "");
            stripe.v1().customers().create();
            Awaitility.await().until(() -> received.size() == 2);
            assertThatCode(() -> parse(received.getLast(), endpoint.getSecret()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void takesNoMoreEndpointsThanItIsToldTo() throws StripeException {
        endpoint();
        endpoint();
        var refused = send("POST", "/v1/webhook_endpoints", "url=http://127.0.0.1:1&enabled_events[]=*");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("message").asString()).contains("maximum of 2");
    }

    @Test
    void keepsConnectedAccountsEventsForTheirEndpoints() throws StripeException {
        send("POST", "/v1/webhook_endpoints", "url=" + receiverUrl() + "&enabled_events[]=*&connect=true");
        endpoint();
        stripe.v1().customers().create();
        Awaitility.await().until(() -> received.size() == 1);
        assertThat(deliveriesOf(lastEvent())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "api_version=2020-08-27, api_version",
        "api_version=2026-07-29.dahlia&enabled_events[]=customer.*, enabled_events[1]",
        "enabled_events[]=nothing.happened, enabled_events[1]"
    })
    void refusesOtherVersionsAndUnknownEvents(String body, String param) {
        var refused = send("POST", "/v1/webhook_endpoints", "url=http://127.0.0.1:1&enabled_events[]=*&" + body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("param").asString()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({
        "type=customer.*, 1",
        "type=customer.created, 1",
        "types%5B%5D=product.created&types%5B%5D=customer.created, 2",
        "types%5B%5D=product.*, 1",
        "type=invoice.*, 0",
        "delivery_success=true, 2",
        "delivery_success=false, 0"
    })
    void listEventsByTypeAndSuccess(String query, int found) {
        send("POST", "/v1/customers", "");
        send("POST", "/v1/products", "name=Tokens");
        assertThat(json(send("GET", "/v1/events?" + query, "")).path("data")).hasSize(found);
    }

    @Test
    void listAtMostTwentyTypes() {
        var twentyOne = "types%5B%5D=customer.created&".repeat(21);
        assertThat(send("GET", "/v1/events?" + twentyOne, "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/v1/events?type=a&types%5B%5D=b", "").statusCode())
                .isEqualTo(400);
    }
}
