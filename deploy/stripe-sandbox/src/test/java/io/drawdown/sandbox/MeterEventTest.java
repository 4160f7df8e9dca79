package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterEventSummaryListParams.ValueGroupingWindow;
import com.stripe.param.billing.MeterUpdateParams;
import com.stripe.param.v2.billing.MeterEventStreamCreateParams;
import io.drawdown.sandbox.meter.MeterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterEventTest extends Sandboxed {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    @TempDir
    Path data;

    String customer;

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withClock(now::get)
                .withData(data)
                .withMeters(MeterSettings.DEFAULT.withProcessingDelay(Duration.ZERO));
    }

    @BeforeEach
    void createCustomer() throws StripeException {
        customer = stripe.v1().customers().create().getId();
    }

    Meter meter(String eventName, Formula formula) throws StripeException {
        return stripe.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName(eventName)
                        .setEventName(eventName)
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(formula)
                                .build())
                        .build());
    }

    static MeterEventCreateParams.Builder event(String eventName, String customer, String value) {
        return MeterEventCreateParams.builder()
                .setEventName(eventName)
                .putPayload("stripe_customer_id", customer)
                .putPayload("value", value);
    }

    void use(String eventName, String value, Instant at) throws StripeException {
        use(event(eventName, customer, value).setTimestamp(at.getEpochSecond()));
    }

    void use(MeterEventCreateParams.Builder event) throws StripeException {
        stripe.v1().billing().meterEvents().create(event.build());
    }

    void cancel(String eventName, String identifier) throws StripeException {
        var adjustment = stripe.v1()
                .billing()
                .meterEventAdjustments()
                .create(MeterEventAdjustmentCreateParams.builder()
                        .setEventName(eventName)
                        .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                        .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder()
                                .setIdentifier(identifier)
                                .build())
                        .build());
        assertThat(adjustment.getStatus()).isEqualTo("pending");
    }

    List<MeterEventSummary> summaries(Meter meter, Instant from, Instant to, ValueGroupingWindow window)
            throws StripeException {
        var params = MeterEventSummaryListParams.builder()
                .setCustomer(customer)
                .setStartTime(from.getEpochSecond())
                .setEndTime(to.getEpochSecond());
        if (window != null) {
            params.setValueGroupingWindow(window);
        }
        return stripe.v1()
                .billing()
                .meters()
                .eventSummaries()
                .list(meter.getId(), params.build())
                .getData();
    }

    List<String> usageToday(Meter meter) throws StripeException {
        return summaries(meter, NOON.minusSeconds(43_200), NOON.plusSeconds(43_200), null).stream()
                .map(summary -> summary.getAggregatedValue().toString())
                .toList();
    }

    @Test
    void echoesTheEventItAccepts() throws StripeException {
        meter("tokens", Formula.SUM);
        var accepted = stripe.v1()
                .billing()
                .meterEvents()
                .create(event("tokens", customer, "25").build());
        assertThat(accepted.getIdentifier()).isNotBlank();
        assertThat(accepted.getTimestamp()).isEqualTo(NOON.getEpochSecond());
        assertThat(accepted.getPayload()).containsEntry("value", "25").containsEntry("stripe_customer_id", customer);
    }

    @Nested
    class Formulas {

        @Test
        void sumIsExact() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            for (String value : List.of("0.1", "0.2", "-0.05", "1000000000000", "+7", ".5")) {
                use("tokens", value, NOON);
            }
            assertThat(usageToday(meter)).containsExactly("1000000000007.75");
        }

        @Test
        void countNeedsNoValue() throws StripeException {
            var meter = meter("calls", Formula.COUNT);
            use("calls", "17", NOON);
            stripe.v1()
                    .billing()
                    .meterEvents()
                    .create(MeterEventCreateParams.builder()
                            .setEventName("calls")
                            .putPayload("stripe_customer_id", customer)
                            .build());
            assertThat(usageToday(meter)).containsExactly("2");
        }

        @Test
        void lastIsTheLatestByItsOwnTime() throws StripeException {
            var meter = meter("seats", Formula.LAST);
            use("seats", "5", NOON.minusSeconds(10));
            use("seats", "9", NOON);
            use("seats", "7", NOON);
            use("seats", "1", NOON.minusSeconds(3_600));
            assertThat(usageToday(meter)).containsExactly("7");
        }
    }

    @Nested
    class Lag {

        @Test
        void summariesFollowAcceptance() throws StripeException {
            sandbox.close();
            sandbox = StripeSandbox.start(
                    options().withMeters(MeterSettings.DEFAULT.withProcessingDelay(Duration.ofHours(1))));
            stripe = client(2);
            var meter = meter("tokens", Formula.SUM);
            use("tokens", "25", NOON);
            assertThat(usageToday(meter)).isEmpty();
        }

        @Test
        void isShort() throws StripeException {
            sandbox.close();
            sandbox = StripeSandbox.start(options().withMeters(MeterSettings.DEFAULT));
            stripe = client(2);
            var meter = meter("tokens", Formula.SUM);
            use("tokens", "25", NOON);
            Awaitility.await().until(() -> usageToday(meter).equals(List.of("25")));
        }

        @Test
        void survivesARestart() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use(event("tokens", customer, "25").setIdentifier("e-1"));
            sandbox.close();
            sandbox = StripeSandbox.start(options());
            stripe = client(2);
            assertThat(usageToday(meter)).containsExactly("25");
            assertThatThrownBy(() -> use(event("tokens", customer, "25").setIdentifier("e-1")))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Nested
    class Identifiers {

        @Test
        void areTakenForADay() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use(event("tokens", customer, "1").setIdentifier("e-1"));
            now.set(NOON.plus(Duration.ofDays(1)).minusSeconds(1));
            assertThatThrownBy(() -> use(event("tokens", customer, "1").setIdentifier("e-1")))
                    .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                        assertThat(refused.getStatusCode()).isEqualTo(400);
                        assertThat(refused.getParam()).isEqualTo("identifier");
                    });
            now.set(NOON.plus(Duration.ofDays(1)));
            use(event("tokens", customer, "1").setIdentifier("e-1").setTimestamp(NOON.getEpochSecond()));
            assertThat(usageToday(meter)).containsExactly("2");
        }

        @Test
        void cancelTheirEventWithinADay() throws StripeException {
            for (Formula formula : Formula.values()) {
                var name = formula.getValue();
                var meter = meter(name, formula);
                use(event(name, customer, "3").setIdentifier(name + 1));
                use(event(name, customer, "5").setIdentifier(name + 2));
                cancel(name, name + 2);
                assertThat(usageToday(meter)).as(name).containsExactly(formula == Formula.COUNT ? "1" : "3");
                cancel(name, name + 1);
                assertThat(usageToday(meter)).as(name).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({"tokens, e-2, 0", "calls, e-1, 0", "tokens, e-1, 86400"})
        void cancelNothingElse(String eventName, String identifier, int later) throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use(event("tokens", customer, "3").setIdentifier("e-1").setTimestamp(NOON.getEpochSecond()));
            now.set(NOON.plusSeconds(later));
            assertThatThrownBy(() -> cancel(eventName, identifier))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            refused -> assertThat(refused.getParam()).isEqualTo("cancel[identifier]"));
            assertThat(usageToday(meter)).containsExactly("3");
        }

        @Test
        void cancelOnlyOnce() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use(event("tokens", customer, "3"));
            use(event("tokens", customer, "4").setIdentifier("e-1"));
            cancel("tokens", "e-1");
            assertThat(usageToday(meter)).containsExactly("3");
            assertThatThrownBy(() -> cancel("tokens", "e-1")).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> use(event("tokens", customer, "4").setIdentifier("e-1")))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(usageToday(meter)).containsExactly("3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event_name=none&payload[stripe_customer_id]=CUS&payload[value]=1    | event_name                  | resource_missing
            event_name=tokens&payload[value]=1                                  | payload[stripe_customer_id] |
            event_name=tokens&payload[stripe_customer_id]=cus_x&payload[value]=1 | payload[stripe_customer_id] | resource_missing
            event_name=tokens&payload[stripe_customer_id]=CUS                   | payload[value]              |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=x  | payload[value]              |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1e3 | payload[value]             |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1234567890123456 | payload[value] |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=0.1234567890123456 | payload[value] |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1&timestamp=PAST | timestamp     |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1&timestamp=AHEAD | timestamp    |
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1&identifier= | identifier       | parameter_invalid_empty
            event_name=tokens&payload[stripe_customer_id]=CUS&payload[value]=1&identifier=LONG | identifier   |
            event_name=tokens                                                   | payload                     | parameter_missing
            event_name=&payload[value]=1                                        | event_name                  | parameter_invalid_empty
            """)
    void refusesWhatCannotCount(String body, String param, String code) throws StripeException {
        var meter = meter("tokens", Formula.SUM);
        var refused = send(
                "POST",
                "/v1/billing/meter_events",
                body.replace("CUS", customer)
                        .replace(
                                "PAST",
                                Long.toString(NOON.minus(Duration.ofDays(35)).getEpochSecond() - 1))
                        .replace("AHEAD", Long.toString(NOON.getEpochSecond() + 301))
                        .replace("LONG", "x".repeat(101)));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(error(refused).path("param").asString()).isEqualTo(param);
        assertThat(error(refused).path("code").asString(null)).isEqualTo(code);
        assertThat(usageToday(meter)).isEmpty();
    }

    @Test
    void takesTheOldestAndTheNewestThatItMay() throws StripeException {
        var meter = meter("tokens", Formula.SUM);
        var oldest = NOON.minus(Duration.ofDays(35));
        use("tokens", "123456789012345", oldest);
        use("tokens", "0.100000000000000000000", NOON.plusSeconds(300));
        assertThat(summaries(meter, oldest, NOON.plusSeconds(360), null))
                .singleElement()
                .satisfies(summary ->
                        assertThat(summary.getAggregatedValue().toString()).isEqualTo("123456789012345.1"));
    }

    @Test
    void datesAndJudgesByTheCustomersTestClock() throws StripeException {
        var meter = meter("tokens", Formula.SUM);
        long later = NOON.plus(Duration.ofDays(365)).getEpochSecond();
        var clock = json(send("POST", "/v1/test_helpers/test_clocks", "frozen_time=" + later))
                .path("id")
                .asString();
        var clocked = json(send("POST", "/v1/customers", "test_clock=" + clock))
                .path("id")
                .asString();
        var accepted = stripe.v1()
                .billing()
                .meterEvents()
                .create(event("tokens", clocked, "3").build());
        assertThat(accepted.getTimestamp()).isEqualTo(later);
        assertThatThrownBy(() -> use(event("tokens", clocked, "3").setTimestamp(NOON.getEpochSecond())))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> use(event("tokens", customer, "3").setTimestamp(later)))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(usageToday(meter)).isEmpty();
    }

    @Test
    void countsABacklogOfManyBatches() throws StripeException {
        var meter = meter("tokens", Formula.SUM);
        var session = stripe.v2().billing().meterEventSession().create();
        var events = new java.util.ArrayList<MeterEventStreamCreateParams.Event>();
        for (int i = 0; i < 100; i++) {
            events.add(MeterEventStreamCreateParams.Event.builder()
                    .setEventName("tokens")
                    .putPayload("stripe_customer_id", customer)
                    .putPayload("value", "0.01")
                    .build());
        }
        var streaming =
                client(session.getAuthenticationToken(), 0).v2().billing().meterEventStream();
        for (int i = 0; i < 25; i++) {
            streaming.create(
                    MeterEventStreamCreateParams.builder().addAllEvent(events).build());
        }
        Awaitility.await().until(() -> usageToday(meter).equals(List.of("25")));
    }

    @Nested
    class Meters {

        @Test
        void takeNoEventsWhileInactive() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use("tokens", "1", NOON);
            stripe.v1().billing().meters().deactivate(meter.getId());
            assertThatThrownBy(() -> use("tokens", "2", NOON)).isInstanceOf(InvalidRequestException.class);
            stripe.v1().billing().meters().reactivate(meter.getId());
            use("tokens", "4", NOON);
            assertThat(usageToday(meter)).containsExactly("5");
            assertThat(eventTypes())
                    .containsSubsequence(
                            "billing.meter.created", "billing.meter.deactivated", "billing.meter.reactivated");
        }

        @Test
        void changeTheirDisplayNameOnly() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            stripe.v1()
                    .billing()
                    .meters()
                    .update(
                            meter.getId(),
                            MeterUpdateParams.builder().setDisplayName("Tokens").build());
            assertThat(eventTypes()).last().isEqualTo("billing.meter.updated");
            var refused = send("POST", "/v1/billing/meters/" + meter.getId(), "event_name=calls");
            assertThat(error(refused).path("code").asString()).isEqualTo("parameter_unknown");
        }
    }

    @Nested
    class Windows {

        @Test
        void areNewestFirstAndOnlyThoseWithUsage() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            use("tokens", "1", NOON.minusSeconds(7_200));
            use("tokens", "2", NOON.minusSeconds(3_601));
            use("tokens", "4", NOON.minusSeconds(1));
            use("tokens", "8", NOON);
            var hours = summaries(meter, NOON.minusSeconds(10_800), NOON, ValueGroupingWindow.HOUR);
            assertThat(hours)
                    .extracting(MeterEventSummary::getStartTime)
                    .containsExactly(
                            NOON.minusSeconds(3_600).getEpochSecond(),
                            NOON.minusSeconds(7_200).getEpochSecond());
            assertThat(hours)
                    .extracting(summary -> summary.getAggregatedValue().intValue())
                    .containsExactly(4, 3);
        }

        @Test
        void pageBothWays() throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            for (int day = 1; day <= 5; day++) {
                use("tokens", Integer.toString(day), NOON.minus(Duration.ofDays(day)));
            }
            var path = "/v1/billing/meters/" + meter.getId()
                    + "/event_summaries?limit=2&value_grouping_window=day&customer="
                    + customer + "&start_time="
                    + Instant.parse("2026-11-10T00:00:00Z").getEpochSecond()
                    + "&end_time=" + Instant.parse("2026-11-21T00:00:00Z").getEpochSecond();
            var first = json(send("GET", path, ""));
            assertThat(values(first)).containsExactly(1, 2);
            assertThat(first.path("has_more").asBoolean()).isTrue();
            var second = json(send("GET", path + "&starting_after=" + lastId(first), ""));
            assertThat(values(second)).containsExactly(3, 4);
            var third = json(send("GET", path + "&starting_after=" + lastId(second), ""));
            assertThat(values(third)).containsExactly(5);
            assertThat(third.path("has_more").asBoolean()).isFalse();
            var back = json(send("GET", path + "&ending_before=" + lastId(third), ""));
            assertThat(values(back)).containsExactly(3, 4);
            assertThat(back.path("has_more").asBoolean()).isTrue();
        }

        static List<Integer> values(tools.jackson.databind.JsonNode page) {
            return page.path("data")
                    .valueStream()
                    .map(summary -> summary.path("aggregated_value").asInt())
                    .toList();
        }

        static String lastId(tools.jackson.databind.JsonNode page) {
            return page.path("data")
                    .get(page.path("data").size() - 1)
                    .path("id")
                    .asString();
        }

        @ParameterizedTest
        @CsvSource({
            "start_time=30&end_time=60, start_time",
            "start_time=0&end_time=61, end_time",
            "start_time=60&end_time=60, end_time",
            "start_time=60&end_time=7200&value_grouping_window=hour, start_time",
            "start_time=0&end_time=3600&value_grouping_window=day, end_time",
            "start_time=0, end_time",
            "start_time=0&end_time=60&value_grouping_window=week, value_grouping_window",
            "start_time=0&end_time=60&starting_after=mtrusg_x, starting_after"
        })
        void areAligned(String query, String param) throws StripeException {
            var meter = meter("tokens", Formula.SUM);
            var refused = send(
                    "GET",
                    "/v1/billing/meters/" + meter.getId() + "/event_summaries?customer=" + customer + "&" + query,
                    "");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(error(refused).path("param").asString()).isEqualTo(param);
        }
    }
}
