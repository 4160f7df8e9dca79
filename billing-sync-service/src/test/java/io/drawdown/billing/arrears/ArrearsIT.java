package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.v2.core.EventListParams;
import io.drawdown.events.catalog.Aggregation;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Usage that wallets leave to Stripe's meters, up to what Stripe counts. */
class ArrearsIT extends ArrearsPlatform {

    private static final String NO_METER = "v1.billing.meter.no_meter_found";

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
}
