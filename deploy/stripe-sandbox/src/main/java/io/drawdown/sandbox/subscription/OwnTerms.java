package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.tax.TaxRates;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Discounts and tax rates, of a subscription as a whole or of one of its items. */
final class OwnTerms {

    /** Parameters of items that are seen to here. */
    static final Set<String> OF_ITEM = Set.of("discounts", "tax_rates");

    private OwnTerms() {}

    /** Writes what the call has for the whole. */
    static void write(Call call, ObjectNode subscription) {
        var params = call.params();
        if (params.has("discounts")) {
            redeem(call.tx(), subscription, subscription, "subscription", params, "discounts");
        }
        if (params.has("default_tax_rates")) {
            rate(call.tx(), subscription, "default_tax_rates", params, "default_tax_rates");
        }
    }

    /**
     * Writes what the call has for an item, whose discounts come before those of the whole and whose tax rates are instead
     * of theirs.
     *
     * @param param the parameters of the item
     * @param path what they are called, {@code items[0]}
     */
    static void writeItem(Call call, ObjectNode subscription, ObjectNode item, ObjectNode param, String path) {
        if (param.has("discounts")) {
            redeem(call.tx(), subscription, item, "subscription_item", param, path + "[discounts]");
        }
        if (param.has("tax_rates")) {
            rate(call.tx(), item, "tax_rates", param, path + "[tax_rates]");
        }
    }

    private static void redeem(
            Transaction tx, ObjectNode subscription, ObjectNode owner, String kind, ObjectNode param, String name) {
        var customer = Json.need(subscription, "customer");
        boolean first = tx.work().count(Subscriptions.TYPE.name(), Condition.is("customer", customer)) == 0;
        var target = new Discounts.Target(
                customer, kind, Json.need(owner, "id"), Json.need(subscription, "currency"), first, 0);
        owner.set("discounts", Discounts.redeem(tx, Json.list(param, "discounts"), target, name));
    }

    private static void rate(Transaction tx, ObjectNode owner, String field, ObjectNode param, String name) {
        owner.set(field, TaxRates.named(tx, Json.list(param, field), name));
    }

    /** Gives a line what its item has. */
    static void copy(ObjectNode item, ObjectNode line) {
        line.set("discounts", Json.list(item, "discounts").deepCopy());
        line.set("_taxRates", Json.list(item, "tax_rates").deepCopy());
    }
}
