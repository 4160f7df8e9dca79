package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.v2.core.EventListParams;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wire.view.CompactedTopicView;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Usage that wallets leave to Stripe's meters, up to what Stripe counts. */
class ArrearsIT extends SyncPlatform {

    private static final String NO_METER = "v1.billing.meter.no_meter_found";

    final String account = unique("acc");
    final String eventName = unique("tokens");

    @Autowired
    private CompactedTopicView<Meter> catalogMeters;

    @Autowired
    private MeterEvents events;

    @Autowired
    private JdbcClient jdbc;

    private Instant hour;

    @BeforeEach
    void anHourThatIsOver() {
        hour = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
    }

    @Test
    void whatTheLedgerLeavesIsWhatStripeCounts() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(
                1,
                use(meter, "3", hour),
                use(meter, "0.25", hour.plusSeconds(60)),
                use(meter, "7", hour.minusSeconds(1)));
        leave(4, use(meter, "0.000001", hour.plusSeconds(3_599)));
        counts(meter, "10.250001");
        assertThat(sent()).hasSizeBetween(2, 3).allMatch(event -> event.state() == State.SENT);
    }

    @Test
    void anEventOfAWalletThatComesAgainAddsNothing() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(1, use(meter, "3", hour));
        leave(2, use(meter, "4", hour));
        leave(1, use(meter, "3", hour));
        leave(2, use(meter, "4", hour));
        leave(3, use(meter, "1", hour));
        counts(meter, "8");
    }

    @Test
    void eachUsageEventCountsWhereStripeCountsEvents() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        leave(1, use(meter, "1", hour), use(meter, "1", hour), use(meter, "1", hour.plusSeconds(1)));
        counts(meter, "3", "3");
        assertThat(sent()).hasSize(3);
    }

    @Test
    void anAnswerThatIsLostSendsNothingTwice() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        stripe.trouble("cut-after", "POST", "/v1/billing/meter_events", 500, 1);
        leave(1, use(meter, "5", hour));
        counts(meter, "5");
        stripe.trouble("error-after", "POST", "/v1/billing/meter_events", 500, 2);
        leave(2, use(meter, "6", hour));
        counts(meter, "11");
    }

    @Test
    void waitsForItsCustomerAndSaysSo() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        leave(1, use(meter, "5", hour));
        await(() -> only().lastError() != null && only().lastError().contains("no customer in Stripe"));
        assertThat(show("/v1/sync").path("parked").toString()).contains("\"meter-event\"");
        customer();
        counts(meter, "5");
    }

    @Test
    void waitsForItsMeterAndSaysSo() {
        customer();
        leave(1, use("mtr_" + eventName, "5", hour));
        await(() -> only().lastError() != null && only().lastError().contains("not active in Stripe"));
        assertThat(only().state()).isEqualTo(State.WAITING);
    }

    @Test
    void refusesWhatStripeNoLongerTakesAndWhatItCannotCount() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(1, use(meter, "5", hour.minus(Duration.ofDays(36))));
        await(() -> only().state() == State.REFUSED);
        assertThat(only().lastError()).contains("35 days");
        assertThat(show("/v1/sync").path("meterEventsStopped").path("waiting").asLong())
                .isPositive();

        var highest = meter(Aggregation.MAX, Formula.LAST);
        leave(2, use(highest, "5", hour));
        await(() ->
                sent().stream().filter(event -> event.state() == State.REFUSED).count() == 2);
        assertThat(sent().getLast().lastError()).contains("highest value");
    }

    @Test
    void whatNobodyKnowsAfterADayIsNotSentAgainByItself() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        stripe.trouble("error-after", "POST", "/v1/billing/meter_events", 500, 1_000);
        leave(1, use(meter, "5", hour));
        await(() -> only().state() == State.SENDING && only().attempts() > 0);
        jdbc.sql("update meter_event set sending_since = ? where meter_event_id = ?")
                .params(Timestamp.from(clock.instant().minus(Duration.ofHours(24))), only().id())
                .update();
        await(() -> only().state() == State.UNCERTAIN);
        stripe.endTroubles();
        var id = only().id();
        post("/v1/meter-events/" + id + "/confirm").expectStatus().isOk();
        assertThat(only().state()).isEqualTo(State.SENT);
        counts(meter, "5");
        post("/v1/meter-events/" + id + "/confirm").expectStatus().isEqualTo(409);
        post("/v1/meter-events/" + id + "/resend").expectStatus().isEqualTo(409);
    }

    @Test
    void followsStripesReportsAndSendsAgainWhenAsked() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(1, use(meter, "5", hour));
        counts(meter, "5");
        stripe.call(client -> client.v1().billing().meters().deactivate(meter));
        leave(2, use(meter, "6", hour));
        await(() -> !reports().isEmpty());
        deliver(reports().getFirst());
        await(() -> sent().getLast().state() == State.REFUSED);
        assertThat(sent().getLast().lastError()).startsWith("archived_meter");
        assertThat(show("/v1/meter-events/error-reports").toString())
                .contains(reports().getFirst());

        stripe.call(client -> client.v1().billing().meters().reactivate(meter));
        post("/v1/meter-events/" + sent().getLast().id() + "/resend")
                .expectStatus()
                .isOk();
        counts(meter, "11");
        assertThat(sent().getLast().identifier()).endsWith("-2");
    }

    @Test
    void listsAndShowsWithEveryStatus() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(1, use(meter, "5", hour));
        counts(meter, "5");
        var page = show("/v1/meter-events?state=SENT&accountId=" + account);
        assertThat(page.path("data")).singleElement().satisfies(event -> {
            assertThat(event.path("quantity").asString()).isEqualTo("5");
            assertThat(show("/v1/meter-events/" + event.path("id").asLong())).isEqualTo(event);
        });
        as("billing").get().uri("/v1/meter-events/0").exchange().expectStatus().isNotFound();
        post("/v1/meter-events/0/resend").expectStatus().isNotFound();
        as("sales").get().uri("/v1/meter-events").exchange().expectStatus().isForbidden();
        http().get().uri("/v1/meter-events").exchange().expectStatus().isUnauthorized();
        as("billing")
                .get()
                .uri("/v1/meter-events/comparison?accountId=a&meterId=m&from={at}&to={at}", hour, hour)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    /** A meter in Stripe and in the catalogue. */
    private String meter(Aggregation aggregation, Formula formula) {
        var name = unique("tokens");
        var meter = stripe.call(client -> client.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName(name)
                        .setEventName(name)
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(formula)
                                .build())
                        .build()));
        published.send(
                Topic.CATALOG_METERS,
                meter.getId(),
                new Meter(meter.getId(), name, name, aggregation, "value", true, List.of(), clock.instant()));
        await(() -> catalogMeters.get(meter.getId()) != null);
        return meter.getId();
    }

    private void customer() {
        publishAccount(account, "Acme");
        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }

    private void leave(long sequence, LeftUsage... lines) {
        published.send(
                Topic.WALLET_EVENTS,
                account,
                new UsageLeftToArrears(
                        "wal_" + account, account, sequence, clock.instant(), SettlementMode.ARREARS, List.of(lines)));
    }

    private static LeftUsage use(String meter, String quantity, Instant at) {
        return new LeftUsage("/test", unique("evt"), meter, quantity, at, null);
    }

    private void counts(String meter, String quantity) {
        counts(meter, quantity, quantity);
    }

    /** What was left is what was sent, and what Stripe counts. */
    private void counts(String meter, String left, String counted) {
        var query = "/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, hour.minus(Duration.ofDays(1)), hour.plus(Duration.ofHours(1)));
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var comparison = show(query);
            assertThat(comparison.path("left").asString()).isEqualTo(left);
            assertThat(comparison.path("sent").asString()).isEqualTo(left);
            assertThat(comparison.path("counted").asString()).isEqualTo(counted);
        });
    }

    private List<MeterEvent> sent() {
        return events.list(account, null, 0, 100);
    }

    private MeterEvent only() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> sent().stream().findFirst().orElse(null), event -> event != null);
    }

    /** An event for a meter that is switched off belongs to none. */
    private List<String> reports() {
        return stripe
                .call(client -> client.v2()
                        .core()
                        .events()
                        .list(EventListParams.builder().addType(NO_METER).build()))
                .getData()
                .stream()
                .map(event -> event.getId())
                .toList();
    }

    /** As Stripe delivers a thin event: without what it says. */
    private void deliver(String event) {
        var body = """
                {"id":"%s","object":"v2.core.event","type":"%s","livemode":false,"created":"%s"}""".formatted(event, NO_METER, clock.instant());
        try {
            var signature = Webhook.Signature.generateSignatureHeader(
                    body, WEBHOOK_SECRET, clock.instant().getEpochSecond());
            http().post()
                    .uri("/v1/webhooks/stripe")
                    .header("Stripe-Signature", signature)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isOk();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode show(String path) {
        return JsonMapper.shared()
                .readTree(as("billing")
                        .get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private WebTestClient.ResponseSpec post(String path) {
        return as("billing").post().uri(path).exchange();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(condition);
    }
}
