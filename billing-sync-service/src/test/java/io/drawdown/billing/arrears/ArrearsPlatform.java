package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts whose usage is left to Stripe's meters. */
abstract class ArrearsPlatform extends SyncPlatform {

    final String account = unique("acc");
    final String eventName = unique("tokens");

    @Autowired
    private CompactedTopicView<Meter> catalogMeters;

    @Autowired
    MeterEvents events;

    @Autowired
    JdbcClient jdbc;

    Instant hour;

    @BeforeEach
    void anHourThatIsOver() {
        hour = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
    }

    /** A meter in Stripe and in the catalogue. */
    final String meter(Aggregation aggregation, Formula formula) {
        var meter = stripeMeter(formula);
        published.send(
                Topic.CATALOG_METERS,
                meter,
                new Meter(meter, meter, meter, aggregation, "value", true, List.of(), clock.instant()));
        await(() -> catalogMeters.get(meter) != null);
        return meter;
    }

    /** A meter that the catalogue does not know. */
    final String stripeMeter(Formula formula) {
        var name = unique("tokens");
        return stripe.call(client -> client.v1()
                        .billing()
                        .meters()
                        .create(MeterCreateParams.builder()
                                .setDisplayName(name)
                                .setEventName(name)
                                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                        .setFormula(formula)
                                        .build())
                                .build()))
                .getId();
    }

    final void customer() {
        publishAccount(account, "Acme");
        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }

    final void leave(long sequence, LeftUsage... lines) {
        published.send(
                Topic.WALLET_EVENTS,
                account,
                new UsageLeftToArrears(
                        "wal_" + account,
                        account,
                        sequence,
                        clock.instant(),
                        SettlementMode.ARREARS,
                        List.of(lines),
                        null,
                        null,
                        null));
    }

    static LeftUsage use(String meter, String quantity, Instant at) {
        return new LeftUsage("/test", unique("evt"), meter, quantity, at, null);
    }

    final void counts(String meter, String quantity) {
        counts(meter, quantity, quantity);
    }

    /** What was left is what was sent, and what Stripe counts. */
    final void counts(String meter, String left, String counted) {
        var query = "/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, hour.minus(Duration.ofDays(1)), hour.plus(Duration.ofHours(1)));
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var comparison = show(query);
            assertThat(comparison.path("left").asString()).isEqualTo(left);
            assertThat(comparison.path("sent").asString()).isEqualTo(left);
            assertThat(comparison.path("counted").asString()).isEqualTo(counted);
        });
    }

    final List<MeterEvent> sent() {
        return events.list(account, null, 0, 100);
    }

    final MeterEvent only() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> sent().stream().findFirst().orElse(null), event -> event != null);
    }

    final JsonNode show(String path) {
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

    final WebTestClient.ResponseSpec post(String path) {
        return as("billing").post().uri(path).exchange();
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(condition);
    }

    final MeterEvent last() {
        return sent().getLast();
    }

    final void correct(long sequence, LeftUsage usage, String before, long beforeSequence, @Nullable String after) {
        correct(
                sequence,
                usage,
                new LeftMeasure(before, hour),
                beforeSequence,
                after == null ? null : new LeftMeasure(after, hour));
    }

    final void correct(
            long sequence, LeftUsage usage, LeftMeasure before, long beforeSequence, @Nullable LeftMeasure after) {
        correct(sequence, usage, before, beforeSequence, 0, after);
    }

    /** Publishes a correction as the ledger would; the usage stands in the line of an event of the wallet. */
    final void correct(
            long sequence,
            LeftUsage usage,
            LeftMeasure before,
            long beforeSequence,
            int beforeLine,
            @Nullable LeftMeasure after) {
        published.send(
                Topic.WALLET_EVENTS,
                account,
                new ArrearsAdjusted(
                        "wal_" + account,
                        account,
                        sequence,
                        clock.instant(),
                        usage.getSource(),
                        usage.getId(),
                        usage.getMeterId(),
                        before,
                        beforeSequence,
                        beforeLine,
                        after,
                        "cor-" + sequence,
                        "reported wrongly",
                        "billing"));
    }
}
