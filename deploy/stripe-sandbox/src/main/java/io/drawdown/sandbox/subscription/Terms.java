package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What every subscription must keep to. */
final class Terms {

    private static final int MAX_ITEMS = 20;

    private Terms() {}

    /** Refuses a billing mode other than the one that there is. */
    static void refuseClassic(Call call) {
        if ("classic".equals(call.text("billing_mode.type"))) {
            throw ApiException.notCovered("billing_mode[type]=classic", call.operation());
        }
    }

    /** Refuses items that do not go together. */
    static void check(ObjectNode subscription) {
        var items = Subscriptions.items(subscription);
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw refused("A subscription has 1 to " + MAX_ITEMS + " items; this one would have " + items.size() + ".");
        }
        refuseSamePrice(subscription);
        for (ObjectNode item : items) {
            if (!Json.need(item, "price.currency").equals(Json.need(subscription, "currency"))) {
                throw refused("The price " + Json.need(item, "price.id") + " is in " + Json.need(item, "price.currency")
                        + ", the subscription in " + Json.need(subscription, "currency") + ": it has one currency.");
            }
        }
        refuseOddIntervals(subscription);
    }

    /** Items are billed on the dates of the shortest interval, so that the others must be multiples of that. */
    private static void refuseOddIntervals(ObjectNode subscription) {
        var shortest = Subscriptions.cycle(subscription);
        for (ObjectNode item : Subscriptions.items(subscription)) {
            if (!Subscriptions.cycle(subscription, item).isMultipleOf(shortest)) {
                throw refused("The intervals of a subscription's prices must be multiples of the shortest one: "
                        + interval(item) + " is none.");
            }
        }
    }

    private static void refuseSamePrice(ObjectNode subscription) {
        var seen = new HashSet<String>();
        for (ObjectNode item : Subscriptions.items(subscription)) {
            if (!seen.add(Json.need(item, "price.id"))) {
                throw refused("Cannot add multiple subscription items with the same price: "
                        + Json.need(item, "price.id") + ".");
            }
        }
    }

    /** All that its items have. */
    static Set<String> intervals(ObjectNode subscription) {
        return Subscriptions.items(subscription).stream().map(Terms::interval).collect(Collectors.toSet());
    }

    static String interval(ObjectNode item) {
        return Json.need(item, "price.recurring.interval_count") + " " + Json.need(item, "price.recurring.interval");
    }

    /** Refuses one more subscription than a customer may have: so many outside of test clocks. */
    static void refuseTooMany(Transaction tx, ObjectNode customer, int outside, ClockSettings clocks) {
        var id = Json.need(customer, "id");
        int most = Json.string(customer, "test_clock") == null ? outside : clocks.subscriptions();
        int living = tx.work()
                .count(
                        Subscriptions.TYPE.name(),
                        Condition.is("customer", id),
                        Condition.that("status", status -> !Subscriptions.ENDED.contains(status)));
        if (living >= most) {
            throw ApiException.invalid(
                    "customer_max_subscriptions",
                    "Customer " + id + " already has the maximum of " + most + " current subscriptions.",
                    "customer");
        }
    }

    private static ApiException refused(String message) {
        return ApiException.invalid(null, message, "items");
    }
}
