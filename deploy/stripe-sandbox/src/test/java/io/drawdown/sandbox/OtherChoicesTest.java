package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.InvoiceLineItem;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the sandbox chooses where Stripe does not say, chosen otherwise. */
class OtherChoicesTest extends Subscribed {

    static final Instant FINALIZED = Instant.parse("2026-02-15T13:00:00Z");

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults()
                .withSettings(NamedSettings.changed(
                        SandboxSettings.DEFAULT,
                        Map.of(
                                "billing.rounding", "floor",
                                "billing.grantOrder", "sooner_expiry,priority",
                                "billing.unusedGrants", "2",
                                "billing.usedGrantsVoidable", "true",
                                "clocks.subscriptions", "1",
                                "meters.newestFirst", "false",
                                "subscriptions.perCustomer", "2")));
    }

    String grant(String customer, long cents, String params) {
        return post("/v1/billing/credit_grants", grantParams(customer, cents) + params)
                .path("id")
                .asString();
    }

    static String grantParams(String customer, long cents) {
        return "customer=" + customer + "&amount[type]=monetary&amount[monetary][currency]=usd&amount[monetary][value]="
                + cents + "&applicability_config[scope][price_type]=metered";
    }

    long left(String customer, String grant) {
        var summary = json(send(
                "GET",
                "/v1/billing/credit_balance_summary?filter%5Btype%5D=credit_grant&filter%5Bcredit_grant%5D=" + grant
                        + "&customer=" + customer,
                ""));
        return summary.at("/balances/0/ledger_balance/monetary/value").asLong();
    }

    @Test
    void linesOfSubscriptionsAreRoundedDown() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var seat = priced(PriceCreateParams.builder().setUnitAmountDecimal(new BigDecimal("500.9")), Interval.MONTH);
        var subscription = subscribe(to(customer, metered("1.9"), seat));
        assertThat(latest(subscription).getTotal()).isEqualTo(500);
        use(customer, "1");
        advanceTo(FINALIZED);
        assertThat(latest(subscription).getLines().getData())
                .extracting(InvoiceLineItem::getAmount)
                .containsExactlyInAnyOrder(500L, 1L);
    }

    @Test
    void linesOfItemsAndOfCreditNotesAreRoundedDown() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var invoice = draftOf(customer, 1000).getId();
        var item = post(
                "/v1/invoiceitems",
                "currency=usd&unit_amount_decimal=1.9&customer=" + customer.getId() + "&invoice=" + invoice);
        assertThat(item.path("amount").asLong()).isEqualTo(1);
        stripe.v1().invoices().pay(invoice);
        var note = post(
                "/v1/credit_notes",
                "credit_amount=1&lines[0][type]=custom_line_item&lines[0][description]=Goodwill&lines[0][quantity]=1"
                        + "&lines[0][unit_amount_decimal]=1.9&invoice=" + invoice);
        assertThat(note.path("total").asLong()).isEqualTo(1);
    }

    @Test
    void theGrantThatEndsSoonerPaysBeforeOneOfHigherPriority() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var lasting = grant(customer.getId(), 1000, "&priority=1");
        var ending = grant(
                customer.getId(),
                1000,
                "&priority=99&expires_at=" + FINALIZED.plus(Duration.ofDays(30)).getEpochSecond());
        subscribe(to(customer, metered("1")));
        use(customer, "700");
        advanceTo(FINALIZED);
        assertThat(left(customer.getId(), ending)).isEqualTo(300);
        assertThat(left(customer.getId(), lasting)).isEqualTo(1000);
    }

    @Test
    void aThirdUnusedGrantIsRefused() throws StripeException {
        var customer = customerPayingWith("pm_card_visa").getId();
        grant(customer, 100, "");
        grant(customer, 100, "");
        var refused = send("POST", "/v1/billing/credit_grants", grantParams(customer, 100));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("message").asString()).contains("at most 2");
    }

    /** What its invoice gives back afterwards is void, too. */
    @Test
    void theRestOfAUsedGrantCanBeVoided() throws StripeException {
        var customer = customerOn(clock, "pm_card_chargeCustomerFail");
        var grant = grant(customer.getId(), 100, "");
        var other = grant(customer.getId(), 1000, "&priority=99");
        var subscription = subscribe(to(customer, metered("1")));
        use(customer, "1500");
        advanceTo(FINALIZED);
        assertThat(left(customer.getId(), other)).isZero();
        assertThat(left(customer.getId(), grant)).isZero();
        post("/v1/billing/credit_grants/" + grant + "/void", "");
        stripe.v1().invoices().voidInvoice(latest(subscription).getId());
        assertThat(left(customer.getId(), grant)).isZero();
        assertThat(left(customer.getId(), other)).isEqualTo(1000);
    }

    @Test
    void aCustomerOnATestClockHasOneSubscription() throws StripeException {
        var price = perMonth(500).getId();
        var params = "items[0][price]=" + price + "&customer=";
        var onClock = customerOn(clock, "pm_card_visa").getId();
        var first = post("/v1/subscriptions", params + onClock).path("id").asString();
        var refused = send("POST", "/v1/subscriptions", params + onClock);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("code").asString()).isEqualTo("customer_max_subscriptions");
        stripe.v1().subscriptions().cancel(first);
        post("/v1/subscriptions", params + onClock);
    }

    @Test
    void anotherCustomerHasTwo() throws StripeException {
        var customer = customerPayingWith("pm_card_visa").getId();
        var params = "items[0][price]=" + perMonth(500).getId() + "&customer=" + customer;
        var first = post("/v1/subscriptions", params).path("id").asString();
        post("/v1/subscriptions", params);
        var refused = send("POST", "/v1/subscriptions", params);
        assertThat(error(refused).path("code").asString()).isEqualTo("customer_max_subscriptions");
        assertThat(error(refused).path("message").asString()).contains("maximum of 2");
        stripe.v1().subscriptions().cancel(first);
        post("/v1/subscriptions", params);
    }

    @Test
    void summariesBeginWithTheOldest() throws StripeException {
        var meter = metered("1").getRecurring().getMeter();
        var customer = customerPayingWith("pm_card_visa").getId();
        long today = Instant.now().getEpochSecond() / 86_400 * 86_400;
        for (int day = 3; day > 0; day--) {
            post(
                    "/v1/billing/meter_events",
                    "event_name=calls&payload[value]=" + day + "&payload[stripe_customer_id]=" + customer
                            + "&timestamp=" + (today - day * 86_400L));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(summaries(meter, customer, today))
                        .extracting(summary -> summary.path("aggregated_value").asInt())
                        .containsExactly(3, 2, 1));
    }

    JsonNode summaries(String meter, String customer, long today) {
        return json(send(
                        "GET",
                        "/v1/billing/meters/" + meter + "/event_summaries?value_grouping_window=day&customer="
                                + customer + "&start_time=" + (today - 7 * 86_400L) + "&end_time=" + today,
                        ""))
                .path("data");
    }
}
