package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Refund;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.model.WebhookEndpoint;
import com.stripe.model.billing.Meter;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.model.v2.core.EventDestination;
import com.stripe.net.ApiResource;
import com.stripe.param.ChargeListParams;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property served must survive stripe-java's model classes. */
class RoundTripTest extends Sandboxed {

    static final Map<String, Class<? extends StripeObject>> LISTS = Map.ofEntries(
            Map.entry("/v1/customers", Customer.class),
            Map.entry("/v1/payment_intents", PaymentIntent.class),
            Map.entry("/v1/charges", Charge.class),
            Map.entry("/v1/refunds", Refund.class),
            Map.entry("/v1/disputes", Dispute.class),
            Map.entry("/v1/balance_transactions", BalanceTransaction.class),
            Map.entry("/v1/setup_intents", SetupIntent.class),
            Map.entry("/v1/invoices", Invoice.class),
            Map.entry("/v1/invoiceitems", InvoiceItem.class),
            Map.entry("/v1/invoice_payments", InvoicePayment.class),
            Map.entry("/v1/products", Product.class),
            Map.entry("/v1/prices", Price.class),
            Map.entry("/v1/billing/meters", Meter.class),
            Map.entry("/v1/webhook_endpoints", WebhookEndpoint.class),
            Map.entry("/v2/core/event_destinations?include%5B0%5D=webhook_endpoint.url", EventDestination.class),
            Map.entry("/v1/subscriptions?status=all", Subscription.class),
            Map.entry("/v1/subscription_schedules", SubscriptionSchedule.class),
            Map.entry("/v1/test_helpers/test_clocks", TestClock.class),
            Map.entry("/v1/events?limit=100", Event.class));

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
        var subscription = json(
                send(
                        "POST",
                        "/v1/subscriptions",
                        "customer=" + customer.getId()
                                + "&items[0][price_data][currency]=usd&items[0][price_data][product]="
                                + product
                                + "&items[0][price_data][unit_amount]=900&items[0][price_data][recurring][interval]=month"
                                + "&items[0][quantity]=2&metadata[a]=b&trial_period_days=3&billing_thresholds[amount_gte]=5000"));
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
    void losesNothing() throws StripeException {
        populate();
        for (var list : LISTS.entrySet()) {
            var data = json(send("GET", list.getKey(), "")).path("data");
            assertThat(data.isEmpty()).as(list.getKey()).isFalse();
            for (JsonNode served : data) {
                var model = ApiResource.GSON.fromJson(served.toString(), list.getValue());
                assertSurvives(served, JsonMapper.shared().readTree(model.toJson()), list.getKey());
            }
        }
        var methods = json(send(
                "GET",
                "/v1/customers/"
                        + json(send("GET", "/v1/customers", ""))
                                .path("data")
                                .get(0)
                                .path("id")
                                .asString() + "/payment_methods",
                ""));
        var served = methods.path("data").get(0);
        var model = ApiResource.GSON.fromJson(served.toString(), PaymentMethod.class);
        assertSurvives(served, JsonMapper.shared().readTree(model.toJson()), "payment_method");
    }

    static void assertSurvives(JsonNode served, JsonNode back, String at) {
        if (served.isObject()) {
            var lost = new TreeSet<String>();
            served.properties().forEach(property -> {
                var value = property.getValue();
                if (back.has(property.getKey())) {
                    assertSurvives(value, back.path(property.getKey()), at + "." + property.getKey());
                } else if (!value.isNull()) {
                    lost.add(property.getKey());
                }
            });
            assertThat(lost).as(at).isEmpty();
        } else if (served.isArray()) {
            assertThat(back.size()).as(at).isEqualTo(served.size());
            for (int i = 0; i < served.size(); i++) {
                assertSurvives(served.get(i), back.get(i), at + "[" + i + "]");
            }
        } else {
            // stripe-java leaves out the milliseconds of a v2 time that has none.
            assertThat(back.asString("null"))
                    .as(at)
                    .isEqualTo(served.asString("null").replace(".000Z", "Z"));
        }
    }
}
