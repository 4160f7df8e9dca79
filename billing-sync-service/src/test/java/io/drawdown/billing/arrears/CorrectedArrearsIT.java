package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import java.sql.Timestamp;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage in arrears that was corrected, up to what Stripe counts. */
class CorrectedArrearsIT extends ArrearsPlatform {

    private static final String ADJUSTMENTS = "/v1/billing/meter_event_adjustments";

    @Test
    void takesBackFromASumByLessThanNothing() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        var usage = use(meter, "5", hour);
        leave(1, usage, use(meter, "3", hour.plusSeconds(60)));
        counts(meter, "8");
        correct(2, usage, "5", 1, "2");
        counts(meter, "5");
        correct(3, usage, "2", 2, "2.5");
        counts(meter, "5.5");
        correct(4, usage, "2.5", 3, null);
        counts(meter, "3");
    }

    @Test
    void aCorrectionThatComesAgainChangesNothing() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        var usage = use(meter, "5", hour);
        leave(1, usage);
        for (var round = 0; round < 2; round++) {
            correct(2, usage, "5", 1, "2");
            correct(3, usage, "2", 2, null);
            leave(1, usage);
        }
        leave(4, use(meter, "1", hour));
        counts(meter, "1");
    }

    @Test
    void movesUsageToTheHourInWhichItReallyOccurred() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        var usage = use(meter, "5", hour);
        leave(1, usage);
        counts(meter, "5");
        correct(2, usage, new LeftMeasure("5", hour), 1, new LeftMeasure("4", hour.minus(Duration.ofHours(3))));
        counts(meter, "4");
        var query = "/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, hour, hour.plus(Duration.ofHours(1)));
        assertThat(show(query).path("counted").asString()).isEqualTo("0");
    }

    @Test
    void takesNothingBackBeforeStripeHasIt() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        var usage = use(meter, "5", hour);
        leaveWithoutAnAnswer(usage);
        correct(2, usage, "5", 1, "3");
        await(() -> last().lastError() != null && last().lastError().contains("none is taken back before"));
        post("/v1/meter-events/" + only().id() + "/resend").expectStatus().isOk();
        counts(meter, "3");
    }

    @Test
    void cancelsWhatStripeCountsByTheEventAndSendsAnotherInItsPlace() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var wrong = use(meter, "1", hour);
        var moved = use(meter, "1", hour);
        leave(1, use(meter, "1", hour), wrong, moved);
        counts(meter, "3", "3");
        correct(2, wrong, new LeftMeasure("1", hour), 1, 1, null);
        correct(3, moved, new LeftMeasure("1", hour), 1, 2, new LeftMeasure("1", hour.minus(Duration.ofHours(2))));
        correct(2, wrong, new LeftMeasure("1", hour), 1, 1, null);
        counts(meter, "2", "2");
        assertThat(sent())
                .extracting(MeterEvent::state)
                .containsExactlyInAnyOrder(State.SENT, State.CANCELLED, State.CANCELLED, State.SENT);
    }

    @Test
    void cancelsTheLastValueOfAMeter() {
        var meter = meter(Aggregation.LAST, Formula.LAST);
        customer();
        var last = use(meter, "9", hour.plusSeconds(60));
        leave(1, use(meter, "4", hour), last);
        countedIs(meter, "9");
        correct(2, last, new LeftMeasure("9", hour.plusSeconds(60)), 1, 1, new LeftMeasure("7", hour.plusSeconds(60)));
        countedIs(meter, "7");
        correct(3, last, new LeftMeasure("7", hour.plusSeconds(60)), 2, 0, null);
        countedIs(meter, "4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut-after", "error-after", "cut-before", "error-before"})
    void cancelsOnceWhateverAnswerIsLost(String trouble) {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var usage = use(meter, "1", hour);
        leave(1, usage, use(meter, "1", hour));
        counts(meter, "2", "2");
        stripe.trouble(trouble, "POST", ADJUSTMENTS, 500, 2);
        correct(2, usage, "1", 1, null);
        counts(meter, "1", "1");
    }

    /** What a kill -9 leaves behind: Stripe has cancelled, and nobody has written it down. */
    @Test
    void cancelsAgainWhatWasCancelledWhenTheProcessDied() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var usage = use(meter, "1", hour);
        leave(1, usage, use(meter, "1", hour));
        counts(meter, "2", "2");
        correct(2, usage, "1", 1, null);
        await(() -> only().state() == State.CANCELLED);
        jdbc.sql("update meter_event set state = 'CANCELLING', next_attempt_at = ? where meter_event_id = ?")
                .params(Timestamp.from(clock.instant()), only().id())
                .update();
        await(() -> only().state() == State.CANCELLED);
        counts(meter, "1", "1");
    }

    @Test
    void sendsNothingThatWasWithdrawnBefore() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        var usage = use(meter, "1", hour);
        leave(1, usage, use(meter, "1", hour));
        await(() -> only().lastError() != null);
        correct(2, usage, "1", 1, null);
        await(() -> only().state() == State.WITHDRAWN);
        customer();
        counts(meter, "1", "1");
    }

    @Test
    void cancelsWhatIsUnderWayOnceItIsThere() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        stripe.trouble("error-before", "POST", "/v1/billing/meter_events", 500, 1_000);
        var usage = use(meter, "1", hour);
        leave(1, usage);
        await(() -> only().state() == State.SENDING && only().attempts() > 0);
        correct(2, usage, "1", 1, null);
        await(() -> only().withdrawnAt() != null);
        stripe.endTroubles();
        await(() -> only().state() == State.CANCELLED);
        counts(meter, "0", "0");
    }

    @Test
    void saysWhatStripeCannotBeToldAnyMore() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var usage = use(meter, "1", hour);
        leave(1, usage);
        counts(meter, "1", "1");
        twoDaysPass();
        correct(2, usage, new LeftMeasure("1", hour), 1, new LeftMeasure("1", hour.minus(Duration.ofHours(2))));
        await(() -> last().state() == State.REFUSED);
        var irrevocable =
                show("/v1/meter-events?state=IRREVOCABLE&accountId=" + account).path("data");
        assertThat(irrevocable)
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("lastError").asString()).contains("for a day only"));
        assertThat(last().lastError()).contains("cannot be taken back");
        correct(3, usage, new LeftMeasure("1", hour.minus(Duration.ofHours(2))), 2, new LeftMeasure("1", hour));
        await(() -> sent().size() == 3 && last().state() == State.REFUSED);
        assertThat(show("/v1/sync").path("meterEventsStopped").path("waiting").asLong())
                .isGreaterThanOrEqualTo(2);
        countedIs(meter, "1");
    }

    /** A meter that was not known here when its usage came: its events are not added up, though Stripe does so. */
    @Test
    void takesBackAfterADayWhatStripeAddsUp() {
        var meter = stripeMeter(Formula.SUM);
        customer();
        var usage = use(meter, "5", hour);
        leave(1, usage, use(meter, "3", hour));
        counts(meter, "8");
        twoDaysPass();
        correct(2, usage, "5", 1, "4");
        counts(meter, "7");
        assertThat(sent()).extracting(MeterEvent::state).containsOnly(State.TAKEN_BACK, State.SENT);
    }

    @Test
    void whatNobodyKnowsIsCorrectedWhenSomebodyDecides() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var usage = use(meter, "1", hour);
        leaveWithoutAnAnswer(usage);
        correct(2, usage, "1", 1, null);
        await(() -> only().withdrawnAt() != null);
        post("/v1/meter-events/" + only().id() + "/resend").expectStatus().isOk();
        assertThat(only().state()).isEqualTo(State.WITHDRAWN);
        counts(meter, "0", "0");
    }

    @Test
    void addsNothingInPlaceOfWhatIsNoLongerKnown() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        customer();
        var usage = use(meter, "1", hour);
        leave(1, usage);
        counts(meter, "1", "1");
        jdbc.sql("delete from meter_event where account_id = ?").param(account).update();
        correct(2, usage, new LeftMeasure("1", hour), 1, new LeftMeasure("1", hour.minus(Duration.ofHours(2))));
        await(() -> sent().size() == 2 && sent().stream().allMatch(event -> event.state() == State.REFUSED));
        assertThat(sent().getFirst().lastError()).contains("nothing can be taken back");
        assertThat(last().lastError()).contains("cannot be taken back");
    }

    private void leaveWithoutAnAnswer(LeftUsage usage) {
        stripe.trouble("error-before", "POST", "/v1/billing/meter_events", 500, 1_000);
        leave(1, usage);
        await(() -> only().state() == State.SENDING && only().attempts() > 0);
        twoDaysPass();
        await(() -> only().state() == State.UNCERTAIN);
        stripe.endTroubles();
    }

    private void twoDaysPass() {
        jdbc.sql("update meter_event set sending_since = sending_since - interval '2 days' where account_id = ?")
                .params(account)
                .update();
    }

    private void countedIs(String meter, String quantity) {
        var query = "/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, hour, hour.plus(Duration.ofHours(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(show(query).path("counted").asString()).isEqualTo(quantity));
    }
}
