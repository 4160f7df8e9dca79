package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.InvoiceItems;
import io.drawdown.sandbox.invoice.MeteredLines;
import io.drawdown.sandbox.json.Json;
import java.util.HashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Usage that is billed before its period ends, and never again: an item goes, its price changes, a new period begins. */
final class AccruedUsage {

    /** Of the subscription: until when an item's usage is billed, by the item's id. */
    private static final String BILLED = "_billedUntil";

    private AccruedUsage() {}

    /** The part of a period for which an item's usage is still to be billed. */
    static Period since(ObjectNode subscription, ObjectNode item, Period period) {
        long created = Json.number(item, "created", 0);
        return period.from(Json.number(subscription, BILLED + "." + Json.need(item, "id"), created));
    }

    /** Leaves a pending item for what was used at each price that a change takes away. */
    static void settle(Transaction tx, ObjectNode before, ObjectNode after) {
        var prices = new HashMap<String, String>();
        Subscriptions.items(after).forEach(item -> prices.put(Json.need(item, "id"), Json.need(item, "price.id")));
        for (ObjectNode line : Lines.used(tx, before, tx.now())) {
            if (!Json.need(line, "pricing.price_details.price").equals(prices.get(item(line)))) {
                leavePending(tx, before, line);
                after.withObjectProperty(BILLED).put(item(line), tx.now());
            }
        }
    }

    /** Leaves pending items for all that was used in a period that is cut short. */
    static void settleAll(Transaction tx, ObjectNode subscription) {
        Lines.used(tx, subscription, tx.now()).forEach(line -> leavePending(tx, subscription, line));
    }

    /** Everything that was used until an instant has been billed. */
    static void markBilled(ObjectNode subscription, long instant) {
        var billed = subscription.withObjectProperty(BILLED);
        Subscriptions.items(subscription).forEach(item -> billed.put(Json.need(item, "id"), instant));
    }

    private static String item(ObjectNode line) {
        return Json.need(line, "parent.subscription_item_details.subscription_item");
    }

    private static void leavePending(Transaction tx, ObjectNode subscription, ObjectNode line) {
        MeteredLines.count(tx, Json.need(subscription, "customer"), line);
        var pending = PendingItem.of(tx, subscription, item(line), Json.number(line, "amount", 0));
        for (String field : List.of(
                "description", "discountable", "discounts", "period", "pricing", "quantity", "quantity_decimal")) {
            pending.set(field, line.get(field));
        }
        pending.set("tax_rates", line.get("_taxRates"));
        tx.create(InvoiceItems.TYPE, pending, "invoiceitem.created");
    }
}
