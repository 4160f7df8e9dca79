package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.ChargeListParams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects with as many properties as they can have, for {@link Inspector} to look at. */
class FullObjectsTest extends Sandboxed {

    static final List<String> LISTS = List.of(
            "/v1/customers",
            "/v1/payment_intents",
            "/v1/charges",
            "/v1/refunds",
            "/v1/disputes",
            "/v1/balance_transactions",
            "/v1/setup_intents",
            "/v1/invoices",
            "/v1/invoiceitems",
            "/v1/invoice_payments",
            "/v1/products",
            "/v1/prices",
            "/v1/billing/meters",
            "/v1/webhook_endpoints",
            "/v2/core/event_destinations?include%5B0%5D=webhook_endpoint.url",
            "/v1/subscriptions?status=all",
            "/v1/subscription_schedules",
            "/v1/test_helpers/test_clocks",
            "/v1/events?limit=100");

    void populate() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        stripe.v1().invoices().pay(draftOf(customer, 4500).getId());
        send(
                "POST",
                "/v1/customers/" + customer.getId(),
                "address[city]=Bern&shipping[name]=A&shipping[address][city]=Bern&phone=1");
        var product = json(send(
                        "POST",
                        "/v1/products",
                        "name=P&default_price_data[currency]=usd&default_price_data[unit_amount]=1"))
                .path("id")
                .asString();
        send(
                "POST",
                "/v1/webhook_endpoints",
                "url=http://127.0.0.1:1&enabled_events[]=plan.created&description=D&api_version=2026-07-29.dahlia");
        send(
                "POST",
                "/v2/core/event_destinations",
                "{\"name\":\"N\",\"type\":\"webhook_endpoint\",\"event_payload\":\"thin\",\"enabled_events\":[\"*\"],"
                        + "\"webhook_endpoint\":{\"url\":\"http://127.0.0.1:1\"},\"metadata\":{\"a\":\"b\"}}");
        send(
                "POST",
                "/v1/billing/meters",
                "display_name=M&event_name=m&default_aggregation[formula]=last&event_time_window=hour");
        send(
                "POST",
                "/v1/prices",
                "currency=usd&product=" + product + "&unit_amount_decimal=0.5&recurring[interval]=year"
                        + "&transform_quantity[divide_by]=10&transform_quantity[round]=up&nickname=N&metadata[a]=b");
        subscribeTo(customer, product);
        var declining = draftOf(customerPayingWith("pm_card_chargeCustomerFail"), 500);
        send("POST", "/v1/invoices/" + declining.getId() + "/pay", "");
        var charge = stripe.v1()
                .charges()
                .list(ChargeListParams.builder().setCustomer(customer.getId()).build())
                .getData()
                .getFirst();
        send("POST", "/v1/refunds", "amount=100&reason=duplicate&charge=" + charge.getId());
        send("POST", "/_sandbox/disputes", "{\"charge\":\"" + charge.getId() + "\"}");
        send("POST", "/v1/setup_intents", "confirm=true&payment_method=pm_card_threeDSecure2Required");
    }

    void subscribeTo(Customer customer, String product) {
        send("POST", "/v1/test_helpers/test_clocks", "frozen_time=1769000000&name=C");
        var subscription = json(send(
                "POST",
                "/v1/subscriptions",
                "customer=" + customer.getId() + "&items[0][price_data][currency]=usd&items[0][price_data][product]="
                        + product
                        + "&items[0][price_data][unit_amount]=900&items[0][price_data][recurring][interval]=month"
                        + "&items[0][quantity]=2&metadata[a]=b&trial_period_days=3"
                        + "&billing_thresholds[amount_gte]=5000"));
        send(
                "POST",
                "/v1/subscriptions/" + subscription.path("id").asString(),
                "cancel_at_period_end=true&cancellation_details[feedback]=unused&pause_collection[behavior]=void");
        send(
                "POST",
                "/v1/subscription_schedules",
                "metadata[a]=b&from_subscription=" + subscription.path("id").asString());
    }

    @Test
    void servesEveryKindOfObjectFull() throws StripeException {
        populate();
        for (var list : LISTS) {
            assertThat(json(send("GET", list, "")).path("data").isEmpty())
                    .as(list)
                    .isFalse();
        }
    }
}
