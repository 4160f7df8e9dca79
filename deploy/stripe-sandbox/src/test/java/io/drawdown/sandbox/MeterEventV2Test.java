package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.events.V1BillingMeterErrorReportTriggeredEvent;
import com.stripe.events.V1BillingMeterErrorReportTriggeredEventNotification;
import com.stripe.events.V1BillingMeterNoMeterFoundEvent;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.exception.TemporarySessionExpiredException;
import com.stripe.model.v2.core.Event;
import com.stripe.param.v2.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.v2.billing.MeterEventCreateParams;
import com.stripe.param.v2.billing.MeterEventStreamCreateParams;
import com.stripe.param.v2.core.EventDestinationCreateParams;
import com.stripe.param.v2.core.EventListParams;
import io.drawdown.sandbox.meter.MeterSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MeterEventV2Test extends Webhooked {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    String customer;
    String meter;

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withClock(now::get)
                .withMeters(MeterSettings.DEFAULT
                        .withProcessingDelay(Duration.ZERO)
                        .withValidationWindow(Duration.ofMillis(500)));
    }

    @BeforeEach
    void createMeter() throws StripeException {
        customer = stripe.v1().customers().create().getId();
        meter = json(send(
                        "POST",
                        "/v1/billing/meters",
                        "display_name=Tokens&event_name=tokens&default_aggregation[formula]=sum"))
                .path("id")
                .asString();
    }

    List<String> usageToday() {
        var answer = json(send(
                "GET",
                "/v1/billing/meters/" + meter + "/event_summaries?customer=" + customer + "&start_time="
                        + NOON.minusSeconds(43_200).getEpochSecond() + "&end_time="
                        + NOON.plusSeconds(43_200).getEpochSecond(),
                ""));
        return answer.path("data")
                .valueStream()
                .map(summary -> summary.path("aggregated_value").asString())
                .toList();
    }

    MeterEventCreateParams.Builder event(String value) {
        return MeterEventCreateParams.builder()
                .setEventName("tokens")
                .putPayload("stripe_customer_id", customer)
                .putPayload("value", value);
    }

    MeterEventStreamCreateParams.Event streamed(String identifier, String name, String payer, String value) {
        return MeterEventStreamCreateParams.Event.builder()
                .setIdentifier(identifier)
                .setEventName(name)
                .putPayload("stripe_customer_id", payer)
                .putPayload("value", value)
                .build();
    }

    void stream(MeterEventStreamCreateParams.Event... events) throws StripeException {
        var session = stripe.v2().billing().meterEventSession().create();
        client(session.getAuthenticationToken(), 0)
                .v2()
                .billing()
                .meterEventStream()
                .create(MeterEventStreamCreateParams.builder()
                        .addAllEvent(List.of(events))
                        .build());
    }

    @Test
    void takesOneAtATime() throws StripeException {
        var at = NOON.minusSeconds(60);
        var accepted = stripe.v2()
                .billing()
                .meterEvents()
                .create(event("2.5").setIdentifier("e-1").setTimestamp(at).build());
        assertThat(accepted.getTimestamp()).isEqualTo(at);
        assertThat(accepted.getCreated()).isEqualTo(NOON);
        assertThat(accepted.getIdentifier()).isEqualTo("e-1");
        stripe.v2().billing().meterEvents().create(event("1").build());
        assertThat(usageToday()).containsExactly("3.5");
    }

    @Test
    void sharesIdentifiersWithTheFirstVersion() throws StripeException {
        stripe.v2()
                .billing()
                .meterEvents()
                .create(event("2").setIdentifier("e-1").build());
        var again = send(
                "POST",
                "/v1/billing/meter_events",
                "event_name=tokens&identifier=e-1&payload[stripe_customer_id]=" + customer + "&payload[value]=1");
        assertThat(again.statusCode()).isEqualTo(400);
        var adjustment = stripe.v2()
                .billing()
                .meterEventAdjustments()
                .create(MeterEventAdjustmentCreateParams.builder()
                        .setEventName("tokens")
                        .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                        .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder()
                                .setIdentifier("e-1")
                                .build())
                        .build());
        assertThat(adjustment.getStatus()).isEqualTo("pending");
        assertThat(usageToday()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"event_name":"tokens"}                                             | payload                    | parameter_missing
            {"event_name":5,"payload":{}}                                       | event_name                 |
            {"event_name":null,"payload":{}}                                    | event_name                 |
            {"event_name":"tokens","payload":{"value":1}}                       | payload.value              |
            {"event_name":"tokens","payload":[]}                                | payload                    |
            {"event_name":"tokens","payload":{},"timestamp":1763640000}         | timestamp                  |
            {"event_name":"tokens","payload":{},"timestamp":"yesterday"}        | timestamp                  |
            {"event_name":"tokens","payload":{},"colour":"red"}                 | colour                     | parameter_unknown
            {"event_name":"tokens","payload":{"stripe_customer_id":"cus_x","value":"1"}} | payload.stripe_customer_id | resource_missing
            {"event_name":"none","payload":{}}                                  | event_name                 | resource_missing
            """)
    void refusesWhatIsOfTheWrongType(String body, String param, String code) {
        var refused = send("POST", "/v2/billing/meter_events", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("param").asString()).isEqualTo(param);
        assertThat(error(refused).path("code").asString(null)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"'{', 400", "'[]', 400", "'\"x\"', 400", "'', 400"})
    void refusesWhatIsNoObject(String body, int status) {
        assertThat(send("POST", "/v2/billing/meter_events", body).statusCode()).isEqualTo(status);
    }

    @Test
    void streamsWithASession() throws StripeException {
        stream(streamed("e-1", "tokens", customer, "1"), streamed("e-2", "tokens", customer, "2"));
        stream(streamed("e-2", "tokens", customer, "2"), streamed("e-3", "tokens", customer, "4"));
        assertThat(usageToday()).containsExactly("7");
    }

    @Test
    void endsASessionAfterAQuarterOfAnHour() throws StripeException {
        var session = stripe.v2().billing().meterEventSession().create();
        assertThat(session.getExpiresAt()).isEqualTo(NOON.plusSeconds(900));
        var streaming =
                client(session.getAuthenticationToken(), 0).v2().billing().meterEventStream();
        var events = MeterEventStreamCreateParams.builder()
                .addEvent(streamed("e-1", "tokens", customer, "1"))
                .build();
        now.set(NOON.plusSeconds(899));
        streaming.create(events);
        now.set(NOON.plusSeconds(900));
        assertThatThrownBy(() -> streaming.create(events))
                .isInstanceOfSatisfying(TemporarySessionExpiredException.class, expired -> {
                    assertThat(expired.getStatusCode()).isEqualTo(401);
                    assertThat(expired.getCode()).isEqualTo("billing_meter_event_session_expired");
                });
    }

    @Test
    void takesNoKeyInTheStreamAndNoTokenElsewhere() throws StripeException {
        var body = "{\"events\":[{\"event_name\":\"tokens\",\"payload\":{}}]}";
        assertThat(send("POST", "/v2/billing/meter_event_stream", body).statusCode())
                .isEqualTo(401);
        var token = stripe.v2().billing().meterEventSession().create().getAuthenticationToken();
        assertThat(send("GET", "/v1/customers", "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void streamsAtMostAHundred() {
        var events = new MeterEventStreamCreateParams.Event[101];
        java.util.Arrays.fill(events, streamed("e", "tokens", customer, "1"));
        assertThatThrownBy(() -> stream(events)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void reportsAfterwardsWhatCannotCount() throws StripeException, SignatureVerificationException {
        var destination = stripe.v2()
                .core()
                .eventDestinations()
                .create(EventDestinationCreateParams.builder()
                        .setName("errors")
                        .setType(EventDestinationCreateParams.Type.WEBHOOK_ENDPOINT)
                        .setEventPayload(EventDestinationCreateParams.EventPayload.THIN)
                        .addEnabledEvent("v1.billing.meter.error_report_triggered")
                        .setWebhookEndpoint(EventDestinationCreateParams.WebhookEndpoint.builder()
                                .setUrl(receiverUrl())
                                .build())
                        .addInclude(EventDestinationCreateParams.Include.WEBHOOK_ENDPOINT__SIGNING_SECRET)
                        .build());
        stream(
                streamed("good", "tokens", customer, "1"),
                streamed("stranger", "tokens", "cus_x", "1"),
                streamed("nan", "tokens", customer, "many"),
                streamed("long", "tokens", customer, "1234567890.1234567"),
                streamed("nan-2", "tokens", customer, ""),
                streamed("lost", "none", customer, "1"));
        Awaitility.await().until(() -> received.size() == 1);

        var one = received.getFirst();
        ContractCheck.notification(JsonMapper.shared().readTree(one.body()));
        var notification = stripe.parseEventNotification(
                one.body(), one.signature(), destination.getWebhookEndpoint().getSigningSecret());
        assertThat(notification).isInstanceOf(V1BillingMeterErrorReportTriggeredEventNotification.class);
        var report = (V1BillingMeterErrorReportTriggeredEventNotification) notification;
        assertThat(report.fetchRelatedObject().getId()).isEqualTo(meter);
        var fetched = report.fetchEvent();
        assertThat(fetched.getData().getValidationStart())
                .isBefore(fetched.getData().getValidationEnd());
        assertThat(fetched.getData().getDeveloperMessageSummary()).isEqualTo("There are 4 invalid events");
        var reason = reasonOf(fetched.getId());
        assertThat(reason.path("error_count").asInt()).isEqualTo(4);
        assertThat(reason.path("error_types")
                        .valueStream()
                        .map(type -> type.path("code").asString()))
                .containsExactlyInAnyOrder(
                        "meter_event_customer_not_found",
                        "meter_event_invalid_value",
                        "meter_event_value_too_many_digits");
        assertThat(reason.path("error_types")
                        .valueStream()
                        .filter(type -> type.path("code").asString().equals("meter_event_invalid_value"))
                        .flatMap(type -> type.path("sample_errors").valueStream())
                        .map(sample -> sample.at("/request/identifier").asString()))
                .containsExactly("nan", "nan-2");
        assertThat(usageToday()).containsExactly("1");

        assertThat(thin("v1.billing.meter.no_meter_found")).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(V1BillingMeterNoMeterFoundEvent.class);
            assertThat(reasonOf(event.getId()).at("/error_types/0/code").asString())
                    .isEqualTo("no_meter");
        });
    }

    /** stripe-java parses it, but has no getters there. */
    JsonNode reasonOf(String event) {
        return json(send("GET", "/v2/core/events/" + event, "")).at("/data/reason");
    }

    @Test
    void reportsOnceForAWindow() throws StripeException {
        stream(streamed("a", "tokens", "cus_x", "1"));
        stream(streamed("b", "tokens", "cus_y", "1"));
        Awaitility.await()
                .until(() -> !thin("v1.billing.meter.error_report_triggered").isEmpty());
        assertThat(thin("v1.billing.meter.error_report_triggered"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event).isInstanceOf(V1BillingMeterErrorReportTriggeredEvent.class);
                    assertThat(reasonOf(event.getId()).path("error_count").asInt())
                            .isEqualTo(2);
                });
    }

    List<Event> thin(String type) throws StripeException {
        return stripe.v2()
                .core()
                .events()
                .list(EventListParams.builder().addType(type).build())
                .getData();
    }
}
