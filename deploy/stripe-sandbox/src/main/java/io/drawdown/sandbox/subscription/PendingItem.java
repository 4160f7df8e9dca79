package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An invoice item that a change of a subscription leaves behind for its next invoice. */
final class PendingItem {

    private PendingItem() {}

    /**
     * One of an item's; what it is for is still to be added, and it is still to be created.
     *
     * @param amount in minor units
     */
    static ObjectNode of(Transaction tx, ObjectNode subscription, String item, long amount) {
        var pending = Json.object()
                .put("amount", amount)
                .put("currency", Json.need(subscription, "currency"))
                .put("customer", Json.need(subscription, "customer"))
                .put("date", tx.now())
                .put("net_amount", amount)
                .put("test_clock", tx.moment().clock())
                .put("_pending", true);
        List.of("discounts", "tax_rates").forEach(pending::putArray);
        pending.putObject("metadata");
        pending.putObject("parent")
                .put("type", "subscription_details")
                .putObject("subscription_details")
                .put("subscription", Json.need(subscription, "id"))
                .put("subscription_item", item);
        return pending;
    }
}
