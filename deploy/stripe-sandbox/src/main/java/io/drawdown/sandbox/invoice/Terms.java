package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.tax.TaxIds;
import io.drawdown.sandbox.tax.TaxRates;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discounts and taxes that invoices and invoice items are given. */
final class Terms {

    /** Parameters of invoices that are seen to here. */
    static final Set<String> OF_INVOICE = Set.of("discounts", "default_tax_rates", "automatic_tax");
    /** Parameters of invoice items that are seen to here. */
    static final Set<String> OF_ITEM = Set.of("discounts", "tax_rates", "tax_behavior", "tax_code");

    private Terms() {}

    /** Writes those that the call has; the invoice's amounts are still to be computed. */
    static void writeInvoice(Call call, ObjectNode invoice) {
        writeDiscounts(call, invoice, "invoice");
        writeRates(call, invoice, "default_tax_rates");
        if (call.params().has("automatic_tax")) {
            boolean enabled = Json.flag(call.params(), "automatic_tax.enabled");
            var automatic = invoice.putObject("automatic_tax").put("enabled", enabled);
            automatic.set("liability", enabled ? Json.object().put("type", "self") : Json.none());
            automatic.putNull("disabled_reason").putNull("provider").putNull("status");
        }
    }

    /** Takes over from the customer what an invoice shows of him. */
    static void inherit(Transaction tx, ObjectNode customer, ObjectNode invoice) {
        invoice.set("customer_tax_ids", TaxIds.onInvoice(tx, Json.need(customer, "id")));
        for (String field : new String[] {"custom_fields", "footer"}) {
            var usual = Json.at(customer, "invoice_settings." + field);
            if (usual != null) {
                invoice.set(field, usual.deepCopy());
            }
        }
    }

    /** Writes those that the call has into an item, whose currency and amount are there. */
    static void writeItem(Call call, ObjectNode item) {
        writeDiscounts(call, item, "invoice_item");
        writeRates(call, item, "tax_rates");
        for (String param : new String[] {"tax_behavior", "tax_code"}) {
            if (call.params().has(param)) {
                item.put("_" + param, call.text(param));
            }
        }
    }

    private static void writeDiscounts(Call call, ObjectNode owner, String field) {
        if (call.params().has("discounts")) {
            var target = new Discounts.Target(
                    Json.need(owner, "customer"),
                    field,
                    Json.need(owner, "id"),
                    Json.need(owner, "currency"),
                    isFirst(call.tx(), Json.need(owner, "customer")),
                    Json.number(owner, "subtotal", Json.number(owner, "amount", 0)));
            owner.set("discounts", Discounts.redeem(call.tx(), list(call, "discounts"), target, "discounts"));
        }
    }

    private static ArrayNode list(Call call, String param) {
        return Json.list(call.params(), param);
    }

    private static void writeRates(Call call, ObjectNode owner, String param) {
        if (call.params().has(param)) {
            owner.set(param, TaxRates.named(call.tx(), list(call, param), param));
        }
    }

    /** Whether a customer has paid nothing so far. */
    static boolean isFirst(Transaction tx, String customer) {
        return tx.work().count(Invoices.TYPE.name(), Condition.is("customer", customer), Condition.is("status", "paid"))
                == 0;
    }

    /** Gives a line what its item says about discounts and taxes. */
    static void copy(ObjectNode item, ObjectNode line) {
        line.set("discounts", Json.list(item, "discounts").deepCopy());
        var rates = line.putArray("_taxRates");
        for (JsonNode rate : Json.list(item, "tax_rates")) {
            rates.add(rate.deepCopy());
        }
        line.put("_taxBehavior", Json.string(item, "_tax_behavior")).put("_taxCode", Json.string(item, "_tax_code"));
    }
}
