package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which thresholds of a subscription and its items what has been used comes to. */
public final class ThresholdReason {

    private ThresholdReason() {}

    /** Whether what an invoice would bill comes to one of them. */
    public static boolean reached(ObjectNode preview, ObjectNode subscription) {
        return comesTo(preview, amount(subscription))
                || !itemReasons(preview, subscription).isEmpty();
    }

    private static long amount(ObjectNode subscription) {
        return Json.number(subscription, "billing_thresholds.amount_gte", Long.MAX_VALUE);
    }

    private static boolean comesTo(ObjectNode invoice, long amount) {
        return Json.number(invoice, "subtotal", 0) >= amount;
    }

    /** Writes on the invoice why it is made; one that begins a new period may give back more than was used. */
    static void write(ObjectNode invoice, ObjectNode subscription) {
        var items = itemReasons(invoice, subscription);
        long amount = amount(subscription);
        var reason = invoice.putObject("threshold_reason").putNull("amount_gte");
        if (items.isEmpty() || comesTo(invoice, amount)) {
            reason.put("amount_gte", amount);
        }
        reason.set("item_reasons", items);
    }

    private static ArrayNode itemReasons(ObjectNode invoice, ObjectNode subscription) {
        var reasons = Json.array();
        var thresholds = thresholds(subscription);
        Drafts.lines(invoice).forEach(line -> {
            var usage = thresholds.get(Json.string(line, "parent.subscription_item_details.subscription_item"));
            if (usage != null && used(line).compareTo(BigDecimal.valueOf(usage)) >= 0) {
                var reason = reasons.addObject().put("usage_gte", usage);
                reason.putArray("line_item_ids").add(Json.need(line, "id"));
            }
        });
        return reasons;
    }

    private static BigDecimal used(JsonNode line) {
        var quantity = Json.string(line, "quantity_decimal");
        return quantity == null ? BigDecimal.ZERO : new BigDecimal(quantity);
    }

    /** By item, only of those that have one. */
    private static Map<String, Long> thresholds(ObjectNode subscription) {
        var thresholds = new HashMap<String, Long>();
        Json.list(subscription, "items.data").forEach(item -> {
            long usage = Json.number(item, "billing_thresholds.usage_gte", 0);
            if (usage > 0) {
                thresholds.put(Json.need(item, "id"), usage);
            }
        });
        return thresholds;
    }
}
