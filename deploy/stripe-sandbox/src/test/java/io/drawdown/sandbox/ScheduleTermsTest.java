package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the phases of a schedule say of money and collection: 10.00 a month, from 15 January 2026 on. */
class ScheduleTermsTest extends Subscribed {

    static final Duration HOUR = Duration.ofHours(1);
    static final Instant SECOND = Instant.parse("2026-02-15T12:00:00Z");

    String customer;
    String price;

    @BeforeEach
    void offerAPrice() throws StripeException {
        customer = customerOn(clock, "pm_card_visa").getId();
        price = perMonth(1000).getId();
    }

    /** A schedule of two months, with what else the parameters say. */
    JsonNode schedule(String terms) {
        return post("/v1/subscription_schedules", params(terms));
    }

    String params(String terms) {
        return "customer=" + customer + "&start_date=now&phases[0][items][0][price]=" + price
                + "&phases[1][items][0][price]=" + price + "&" + terms;
    }

    JsonNode subscriptionOf(JsonNode schedule) {
        return get("/v1/subscriptions/" + schedule.path("subscription").asString());
    }

    JsonNode latestOf(JsonNode schedule) {
        return get("/v1/invoices/"
                + subscriptionOf(schedule).path("latest_invoice").asString());
    }

    long total(JsonNode schedule) {
        return latestOf(schedule).path("total").asLong();
    }

    String coupon(String params) {
        return id(post("/v1/coupons", params));
    }

    String rate(int percent) {
        return id(post("/v1/tax_rates", "display_name=VAT&inclusive=false&percentage=" + percent));
    }

    @Test
    void aDiscountHoldsForItsPhase() throws StripeException {
        var half = coupon("percent_off=50&duration=forever");
        var schedule = schedule("phases[0][discounts][0][coupon]=" + half);
        assertThat(schedule.at("/phases/0/discounts/0/coupon").asString()).isEqualTo(half);
        assertThat(total(schedule)).isEqualTo(500);
        advanceTo(SECOND.plus(HOUR));
        assertThat(total(schedule)).isEqualTo(1000);
        assertThat(subscriptionOf(schedule).path("discounts")).isEmpty();
    }

    @Test
    void anItemHasTermsOfItsOwn() throws StripeException {
        var schedule = schedule("phases[0][items][0][tax_rates][0]=" + rate(20)
                + "&phases[1][items][0][discounts][0][coupon]=" + coupon("amount_off=300&currency=usd"));
        assertThat(schedule.at("/phases/0/items/0/tax_rates/0/percentage").asInt())
                .isEqualTo(20);
        assertThat(total(schedule)).isEqualTo(1200);
        advanceTo(SECOND.plus(HOUR));
        assertThat(total(schedule)).isEqualTo(700);
    }

    @Test
    void aPhaseIsTaxedAtItsRates() throws StripeException {
        var schedule = schedule(
                "phases[0][default_tax_rates][0]=" + rate(10) + "&phases[1][default_tax_rates][0]=" + rate(30));
        assertThat(total(schedule)).isEqualTo(1100);
        advanceTo(SECOND.plus(HOUR));
        assertThat(total(schedule)).isEqualTo(1300);
    }

    @Test
    void anInvoiceIsSentInAPhaseThatSaysSo() throws StripeException {
        var schedule =
                schedule("phases[1][collection_method]=send_invoice&phases[1][invoice_settings][days_until_due]=9");
        advanceTo(SECOND.plus(HOUR));
        var sent = latestOf(schedule);
        assertThat(sent.path("status").asString()).isEqualTo("open");
        assertThat(sent.path("due_date").asLong())
                .isEqualTo(SECOND.plus(Duration.ofDays(9)).getEpochSecond());
    }

    @Test
    void whatAPhaseDoesNotSayIsTheDefault() throws StripeException {
        var schedule = schedule("default_settings[collection_method]=send_invoice"
                + "&default_settings[invoice_settings][days_until_due]=5&default_settings[description]=Gold"
                + "&phases[1][collection_method]=charge_automatically&phases[1][description]=Silver");
        assertThat(schedule.at("/default_settings/invoice_settings/days_until_due")
                        .asInt())
                .isEqualTo(5);
        var subscription = subscriptionOf(schedule);
        assertThat(subscription.path("days_until_due").asInt()).isEqualTo(5);
        assertThat(subscription.path("description").asString()).isEqualTo("Gold");
        advanceTo(SECOND.plus(HOUR));
        assertThat(latestOf(schedule).path("amount_paid").asLong()).isEqualTo(1000);
        assertThat(subscriptionOf(schedule).path("description").asString()).isEqualTo("Silver");
    }

    @Test
    void aDefaultThatChangesIsTheSubscriptionsAtOnce() {
        var schedule = schedule("");
        post(
                "/v1/subscription_schedules/" + id(schedule),
                "default_settings[description]=Gold&default_settings[billing_thresholds][amount_gte]=5000");
        var subscription = subscriptionOf(schedule);
        assertThat(subscription.path("description").asString()).isEqualTo("Gold");
        assertThat(subscription.at("/billing_thresholds/amount_gte").asLong()).isEqualTo(5000);
    }

    @Test
    void anExtraItemIsBilledOnceWithItsPhase() throws StripeException {
        var schedule = schedule("phases[1][add_invoice_items][0][quantity]=2&phases[1][add_invoice_items][0][price]="
                + once(250).getId());
        advanceTo(SECOND.plus(HOUR));
        assertThat(latestOf(schedule).path("amount_paid").asLong()).isEqualTo(1500);
        advanceTo(Instant.parse("2026-03-15T13:00:00Z"));
        assertThat(get("/v1/invoices?limit=1&customer=" + customer)
                        .at("/data/0/amount_paid")
                        .asLong())
                .isEqualTo(1000);
    }

    @Test
    void whatIsGivenIsNotGivenAgainByAnUpdateOfTheSamePhase() {
        var half = coupon("percent_off=50&duration=forever");
        var terms = "phases[0][discounts][0][coupon]=" + half;
        var schedule = schedule(terms);
        var update = params(terms + "&phases[0][description]=Gold")
                .replaceAll("^.*?start_date=now", "phases[0][start_date]=" + start().getEpochSecond());
        post("/v1/subscription_schedules/" + id(schedule), update);
        assertThat(subscriptionOf(schedule).path("description").asString()).isEqualTo("Gold");
        assertThat(subscriptionOf(schedule).path("discounts")).hasSize(1);
        assertThat(get("/v1/coupons/" + half).path("times_redeemed").asInt()).isEqualTo(1);
    }

    @Test
    void aSubscriptionThatIsTakenOverKeepsItsTerms() throws StripeException {
        var tax = rate(10);
        var subscription = post(
                "/v1/subscriptions",
                "items[0][price]=" + price + "&customer=" + customer + "&default_tax_rates[0]=" + tax
                        + "&discounts[0][coupon]=" + coupon("percent_off=50&duration=forever"));
        var schedule = post("/v1/subscription_schedules", "from_subscription=" + id(subscription));
        assertThat(schedule.at("/phases/0/discounts/0/discount")).isEqualTo(subscription.at("/discounts/0"));
        assertThat(schedule.at("/phases/0/default_tax_rates/0/id").asString()).isEqualTo(tax);
        advanceTo(SECOND.plus(HOUR));
        assertThat(get("/v1/invoices?limit=1&customer=" + customer)
                        .at("/data/0/amount_paid")
                        .asLong())
                .isEqualTo(550);
    }

    @ParameterizedTest
    @CsvSource({
        "phases[0][discounts][0][coupon]=none, phases[0][discounts][0][coupon]",
        "phases[1][default_tax_rates][0]=txr_none, phases[1][default_tax_rates]",
        "phases[1][collection_method]=send_invoice, phases[1][invoice_settings][days_until_due]",
        "phases[0][billing_thresholds][amount_gte]=0, phases[0][billing_thresholds][amount_gte]",
        "phases[0][add_invoice_items][0][quantity]=1, phases[0][add_invoice_items][0][price]",
        "phases[0][invoice_settings][footer]=x, phases[0][invoice_settings][footer]",
        "phases[0][on_behalf_of]=acct_x, phases[0][on_behalf_of]",
        "default_settings[on_behalf_of]=acct_x, default_settings[on_behalf_of]"
    })
    void refusesByName(String terms, String param) {
        assertThat(refused("POST", "/v1/subscription_schedules", params(terms))
                        .path("param")
                        .asString())
                .isEqualTo(param);
    }
}
