package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Usage that Stripe could not be told of, and that somebody has billed or given back by hand. */
class SettledByHandIT extends ArrearsPlatform {

    private static final Map<String, String> REASON = Map.of("reason", "invoice item ii_1");

    @Test
    void whatWasRefusedIsSettledOnceAndSaysByWhomAndWhy() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        var id = refused(meter, use(meter, "5", tooOld()));

        settle(id, REASON)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("SETTLED");
        assertThat(settlements(id)).singleElement().satisfies(settlement -> {
            assertThat(settlement.path("reason").asString()).isEqualTo("invoice item ii_1");
            assertThat(settlement.path("settledBy").asString()).isEqualTo("billing");
            assertThat(settlement.path("settledAt").asString()).isNotEmpty();
            assertThat(settlement.path("stateBefore").asString()).isEqualTo("REFUSED");
            assertThat(settlement.path("quantity").asString()).isEqualTo("5");
        });
        compares(meter, "5", "0", "5");

        settle(id, REASON).expectStatus().isEqualTo(409);
        post("/v1/meter-events/" + id + "/resend").expectStatus().isEqualTo(409);
    }

    @Test
    void onlyWhatIsStoppedIsSettledAndOnlyWithAReasonByBilling() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        leave(1, use(meter, "5", hour));
        counts(meter, "5");
        var id = only().id();

        settle(id, REASON).expectStatus().isEqualTo(409);
        settle(0, REASON).expectStatus().isNotFound();
        settle(id, Map.of("reason", " ")).expectStatus().isBadRequest();
        settle(id, Map.of()).expectStatus().isBadRequest();
        settle(as("sales"), id, REASON).expectStatus().isForbidden();
        settle(http(), id, REASON).expectStatus().isUnauthorized();
        assertThat(settlements(id)).isEmpty();
        as("billing")
                .get()
                .uri("/v1/meter-events/0/settlements")
                .exchange()
                .expectStatus()
                .isNotFound();
        as("sales")
                .get()
                .uri("/v1/meter-events/{id}/settlements", id)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void usageThatIsCorrectedAfterItWasSettledIsToBeSettledAgain() {
        var meter = meter(Aggregation.COUNT, Formula.COUNT);
        var at = tooOld();
        var usage = use(meter, "1", at);
        var id = refused(meter, usage);
        settle(id, REASON).expectStatus().isOk();

        correct(2, usage, new LeftMeasure("1", at), 1, null);
        await(() -> only().state() == State.IRREVOCABLE);
        assertThat(only().lastError()).contains("before its usage was corrected");
        settle(id, Map.of("reason", "credit note cn_1")).expectStatus().isOk();

        assertThat(settlements(id))
                .extracting(settlement -> settlement.path("quantity").asString())
                .containsExactly("1", "-1");
        compares(meter, "0", "0", "0");
    }

    @Test
    void nothingIsTakenBackAtStripeOfAnHourThatWasSettledByHand() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        customer();
        stripe.call(client -> client.v1().billing().meters().deactivate(meter));
        var usage = use(meter, "5", hour);
        leave(1, usage);
        await(() -> only().lastError() != null);
        jdbc.sql("update meter_event set state = 'REFUSED', next_attempt_at = null where meter_event_id = ?")
                .params(only().id())
                .update();
        settle(only().id(), REASON).expectStatus().isOk();
        stripe.call(client -> client.v1().billing().meters().reactivate(meter));

        correct(2, usage, "5", 1, "3");

        await(() -> last().state() == State.REFUSED);
        assertThat(last().quantity()).isEqualByComparingTo("-2");
        assertThat(last().lastError()).contains("settled by hand");
    }

    @Test
    void theTrailRefusesChanges() {
        var meter = meter(Aggregation.SUM, Formula.SUM);
        var id = refused(meter, use(meter, "5", tooOld()));
        settle(id, REASON).expectStatus().isOk();

        assertThatThrownBy(() -> jdbc.sql("update meter_event_settlement set reason = 'another'")
                        .update())
                .hasMessageContaining("audit trail");
        assertThatThrownBy(() -> jdbc.sql("delete from meter_event_settlement").update())
                .hasMessageContaining("audit trail");
    }

    private Instant tooOld() {
        return hour.minus(Duration.ofDays(36));
    }

    /** Leaves usage that Stripe does not take. */
    private long refused(String meter, LeftUsage usage) {
        customer();
        leave(1, usage);
        await(() -> only().state() == State.REFUSED);
        assertThat(only().meterId()).isEqualTo(meter);
        return only().id();
    }

    private Iterable<JsonNode> settlements(long id) {
        return show("/v1/meter-events/" + id + "/settlements");
    }

    private void compares(String meter, String left, String sent, String settled) {
        var comparison = show("/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(account, meter, tooOld().minus(Duration.ofDays(1)), hour));
        assertThat(comparison.path("left").asString()).isEqualTo(left);
        assertThat(comparison.path("sent").asString()).isEqualTo(sent);
        assertThat(comparison.path("settled").asString()).isEqualTo(settled);
    }

    private WebTestClient.ResponseSpec settle(long id, Map<String, String> body) {
        return settle(as("billing"), id, body);
    }

    private static WebTestClient.ResponseSpec settle(WebTestClient client, long id, Map<String, String> body) {
        return client.post()
                .uri("/v1/meter-events/{id}/settle", id)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
