package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A subscription that begins on 15 January 2026 at 12:00 and is billed on a day that it names. */
class AnchorConfigTest extends Subscribed {

    static final String CONFIG = "billing_cycle_anchor_config";

    String customer;

    @BeforeEach
    void signUp() throws StripeException {
        customer = customerOn(clock, "pm_card_visa").getId();
    }

    String params(String interval, String config) {
        var price = id(post(
                "/v1/prices",
                "currency=usd&unit_amount=3100&product_data[name]=Gold&recurring[interval]="
                        + interval.replace(" ", "&recurring[interval_count]=")));
        return "customer=" + customer + "&items[0][price]=" + price + config(config);
    }

    /** Each part of {@code day_of_month=1 hour=0} as a parameter. */
    static String config(String parts) {
        return parts.isEmpty()
                ? ""
                : "&" + CONFIG + "[" + parts.replace(" ", "&" + CONFIG + "[").replace("=", "]=");
    }

    static Instant at(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong());
    }

    @ParameterizedTest
    @CsvSource({
        "month, day_of_month=1 hour=0 minute=0 second=0, 2026-02-01T00:00:00Z",
        "month, day_of_month=20, 2026-01-20T12:00:00Z",
        "month, day_of_month=15, 2026-01-15T12:00:00Z",
        "month, day_of_month=15 hour=11, 2026-02-15T11:00:00Z",
        "month, day_of_month=31 hour=0, 2026-01-31T00:00:00Z",
        "year, day_of_month=1, 2026-02-01T12:00:00Z",
        "year, day_of_month=31 month=6, 2026-06-30T12:00:00Z",
        "year, day_of_month=1 month=1, 2027-01-01T12:00:00Z",
        "month 3, day_of_month=1 month=12, 2026-03-01T12:00:00Z"
    })
    void isAnchoredAtTheNextSuchMoment(String interval, String config, String anchor) {
        var subscription = post("/v1/subscriptions", params(interval, config));
        assertThat(at(subscription.path("billing_cycle_anchor"))).isEqualTo(Instant.parse(anchor));
    }

    @Test
    void isBilledInProportionUntilThenAndOnTheLastDayOfShorterMonths() throws StripeException {
        var subscription = post("/v1/subscriptions", params("month", "day_of_month=31 hour=12"));
        assertThat(subscription.at("/" + CONFIG + "/day_of_month").asInt()).isEqualTo(31);
        assertThat(subscription.at("/" + CONFIG + "/month").isNull()).isTrue();
        var first = get("/v1/invoices/" + subscription.path("latest_invoice").asString());
        assertThat(first.path("amount_paid").asLong()).isEqualTo(1600);
        for (String end : new String[] {"2026-02-28T12:00:00Z", "2026-03-31T12:00:00Z", "2026-04-30T12:00:00Z"}) {
            var item = get("/v1/subscriptions/" + id(subscription)).at("/items/data/0");
            advanceTo(at(item.path("current_period_end")));
            assertThat(at(get("/v1/subscriptions/" + id(subscription)).at("/items/data/0/current_period_end")))
                    .isEqualTo(Instant.parse(end));
        }
    }

    @Test
    void comesBackToADayThatTheFirstMonthDoesNotHave() throws StripeException {
        advanceTo(Instant.parse("2026-02-10T00:00:00Z"));
        var subscription = post("/v1/subscriptions", params("month", "day_of_month=31 hour=0"));
        assertThat(at(subscription.path("billing_cycle_anchor"))).isEqualTo(Instant.parse("2026-02-28T00:00:00Z"));
        advanceTo(Instant.parse("2026-02-28T01:00:00Z"));
        assertThat(at(get("/v1/subscriptions/" + id(subscription)).at("/items/data/0/current_period_end")))
                .isEqualTo(Instant.parse("2026-03-31T00:00:00Z"));
    }

    @Test
    void forgetsItsDayWhenItGetsAnotherAnchor() {
        var subscription = post("/v1/subscriptions", params("month", "day_of_month=31"));
        var reset = post("/v1/subscriptions/" + id(subscription), "billing_cycle_anchor=now");
        assertThat(reset.path(CONFIG).isNull()).isTrue();
        assertThat(at(reset.path("billing_cycle_anchor"))).isEqualTo(start());
    }

    @ParameterizedTest
    @CsvSource({
        "month, day_of_month=32, '', billing_cycle_anchor_config[day_of_month]",
        "month, day_of_month=1 hour=24, '', billing_cycle_anchor_config[hour]",
        "month, hour=1, '', billing_cycle_anchor_config[day_of_month]",
        "week, day_of_month=1, '', billing_cycle_anchor_config",
        "month, day_of_month=1, &trial_period_days=3, billing_cycle_anchor_config",
        "month, day_of_month=1, &billing_cycle_anchor=1769000000, billing_cycle_anchor_config"
    })
    void refusesWhatMakesNoSense(String interval, String config, String more, String param) {
        var refused = refused("POST", "/v1/subscriptions", params(interval, config) + more);
        assertThat(refused.path("param").asString()).isEqualTo(param);
    }
}
