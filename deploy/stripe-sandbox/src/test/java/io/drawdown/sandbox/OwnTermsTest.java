package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Discounts and tax rates of single items of a subscription: one of 10.00 and one of 5.00 a month. */
class OwnTermsTest extends Subscribed {

    static final Instant RENEWED = Instant.parse("2026-02-15T13:00:00Z");

    String customer;
    String seats;
    String support;

    @BeforeEach
    void offerTwoPrices() throws StripeException {
        customer = customerOn(clock, "pm_card_visa").getId();
        seats = perMonth(1000).getId();
        support = perMonth(500).getId();
    }

    String half(String duration) {
        return id(post("/v1/coupons", "percent_off=50&duration=" + duration));
    }

    String rate(int percent) {
        return id(post("/v1/tax_rates", "display_name=VAT&inclusive=false&percentage=" + percent));
    }

    /** A subscription to both. */
    JsonNode both(String terms) {
        return post(
                "/v1/subscriptions",
                "customer=" + customer + "&items[0][price]=" + seats + "&items[1][price]=" + support + terms);
    }

    JsonNode latestOf(JsonNode subscription) {
        var id = get("/v1/subscriptions/" + id(subscription))
                .path("latest_invoice")
                .asString();
        return get("/v1/invoices/" + id);
    }

    static long total(JsonNode invoice) {
        return invoice.path("total").asLong();
    }

    static String discount(String item, String coupon) {
        return "&" + item + "[discounts][0][coupon]=" + coupon;
    }

    @Test
    void aDiscountIsOffTheLinesOfItsItemOnly() throws StripeException {
        var subscription = both(discount("items[0]", half("forever")));
        var invoice = latestOf(subscription);
        assertThat(total(invoice)).isEqualTo(1000);
        assertThat(invoice.at("/lines/data/0/discount_amounts/0/amount").asLong())
                .isEqualTo(500);
        assertThat(invoice.at("/lines/data/1/discount_amounts")).isEmpty();
        advanceTo(RENEWED);
        assertThat(total(latestOf(subscription))).isEqualTo(1000);
    }

    @Test
    void aDiscountForOneInvoiceIsUsedUpByIt() throws StripeException {
        var subscription = both(discount("items[0]", half("once")));
        assertThat(total(latestOf(subscription))).isEqualTo(1000);
        var item = subscription.at("/items/data/0/id").asString();
        assertThat(get("/v1/subscription_items/" + item).path("discounts")).isEmpty();
        assertThat(get("/v1/subscriptions/" + id(subscription)).at("/items/data/0/discounts"))
                .isEmpty();
        advanceTo(RENEWED);
        assertThat(total(latestOf(subscription))).isEqualTo(1500);
        assertThat(eventTypes()).noneMatch(type -> type.startsWith("customer.discount"));
    }

    @Test
    void aDiscountForOneInvoiceWaitsForOneThatItsItemIsOn() throws StripeException {
        var subscription = both("");
        var yearly = id(
                post("/v1/prices", "currency=usd&unit_amount=9000&product_data[name]=Year&recurring[interval]=year"));
        var item = post(
                "/v1/subscription_items",
                "proration_behavior=none&subscription=" + id(subscription) + "&price=" + yearly
                        + "&discounts[0][coupon]=" + half("once"));
        advanceTo(RENEWED);
        assertThat(total(latestOf(subscription))).isEqualTo(1500);
        assertThat(get("/v1/subscription_items/" + id(item)).path("discounts")).hasSize(1);
    }

    @Test
    void aDiscountComesBeforeThoseOfTheWhole() {
        var tenth = id(post("/v1/coupons", "percent_off=10&duration=forever"));
        var subscription = both(discount("items[0]", half("forever")) + "&discounts[0][coupon]=" + tenth);
        assertThat(total(latestOf(subscription))).isEqualTo(900);
    }

    @Test
    void aDiscountIsOffUsage() throws StripeException {
        var metered = metered("2").getId();
        var subscription = post(
                "/v1/subscriptions",
                "customer=" + customer + "&items[0][price]=" + metered + discount("items[0]", half("forever")));
        use(stripe.v1().customers().retrieve(customer), "700");
        advanceTo(RENEWED);
        assertThat(total(latestOf(subscription))).isEqualTo(700);
    }

    @Test
    void taxRatesAreInsteadOfTheDefaults() {
        var subscription = both("&items[0][tax_rates][0]=" + rate(20) + "&default_tax_rates[0]=" + rate(10));
        var invoice = latestOf(subscription);
        assertThat(total(invoice)).isEqualTo(1000 + 200 + 500 + 50);
        assertThat(invoice.at("/lines/data/0/taxes/0/amount").asLong()).isEqualTo(200);
        assertThat(subscription.at("/items/data/0/tax_rates/0/percentage").asInt())
                .isEqualTo(20);
    }

    @Test
    void goWithWhatAChangeLeavesBehind() throws StripeException {
        var subscription = both("&items[0][tax_rates][0]=" + rate(20));
        advanceTo(Instant.parse("2026-01-31T00:00:00Z"));
        var change = "proration_behavior=always_invoice&items[0][quantity]=2&items[0][id]="
                + subscription.at("/items/data/0/id").asString();
        post("/v1/subscriptions/" + id(subscription), change);
        var invoice = latestOf(subscription);
        assertThat(invoice.path("subtotal").asLong()).isEqualTo(500);
        assertThat(total(invoice)).isEqualTo(600);
    }

    /** Half of the period is left: what was paid for it is given back, what the second seat would cost is asked for. */
    @ParameterizedTest
    @CsvSource({
        "percent_off=50&duration=forever, items[0], -250, 500",
        "percent_off=50&duration=once, items[0], -250, 1000",
        "percent_off=50&duration=forever, '', -250, 500",
        "amount_off=300&currency=usd&duration=forever, '', -400, 880",
        "percent_off=50&duration=forever, items[1], -500, 1000"
    })
    void countForWhatAChangeGivesBackAndCosts(String coupon, String owner, long back, long cost)
            throws StripeException {
        var terms = owner.isEmpty() ? "&discounts" : "&" + owner + "[discounts]";
        var subscription = both(terms + "[0][coupon]=" + id(post("/v1/coupons", coupon)));
        advanceTo(Instant.parse("2026-01-31T00:00:00Z"));
        post("/v1/subscription_items/" + subscription.at("/items/data/0/id").asString(), "quantity=2");
        var pending = get("/v1/invoiceitems?pending=true&customer=" + customer);
        assertThat(pending.at("/data/1/amount").asLong()).isEqualTo(back);
        assertThat(pending.at("/data/0/amount").asLong()).isEqualTo(cost);
    }

    @Test
    void areChangedAndUnsetWithTheirItem() {
        var item = "/v1/subscription_items/" + both("").at("/items/data/0/id").asString();
        var changed = post(item, "discounts[0][coupon]=" + half("forever") + "&tax_rates[0]=" + rate(20));
        assertThat(changed.path("discounts")).hasSize(1);
        assertThat(get(item + "?expand[]=discounts")
                        .at("/discounts/0/subscription_item")
                        .asString())
                .isEqualTo(id(changed));
        assertThat(post(item, "quantity=2").path("discounts")).hasSize(1);
        var unset = post(item, "discounts=&tax_rates=");
        assertThat(unset.path("discounts")).isEmpty();
        assertThat(unset.path("tax_rates")).isEmpty();
    }

    @Test
    void showInAPreview() {
        var preview = post(
                "/v1/invoices/create_preview",
                "customer=" + customer + "&subscription_details[items][0][price]=" + seats
                        + discount("subscription_details[items][0]", half("once"))
                        + "&subscription_details[items][0][tax_rates][0]=" + rate(20));
        assertThat(total(preview)).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({
        "items[0][discounts][0][coupon]=none, items[0][discounts][0][coupon]",
        "items[0][tax_rates][0]=txr_none, items[0][tax_rates]",
        "items[0][billing_thresholds][usage_gte]=5, items[0][billing_thresholds][usage_gte]"
    })
    void areRefusedByTheirName(String terms, String param) {
        var refused = refused(
                "POST", "/v1/subscriptions", "customer=" + customer + "&items[0][price]=" + seats + "&" + terms);
        assertThat(refused.path("param").asString()).isEqualTo(param);
    }
}
