package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a draft: taking items in, following their changes, letting them go. */
public final class Drafts {

    private static final int MAX_LINES = 250;

    /** The invoice, which must be a draft. */
    static ObjectNode requireDraft(Transaction tx, String id, String param) {
        var invoice = tx.require(Invoices.TYPE, id, param);
        if (!"draft".equals(Json.string(invoice, "status"))) {
            throw ApiException.invalid(
                    "invoice_not_editable",
                    "The invoice " + id + " is " + Json.string(invoice, "status") + ": only drafts can be changed.",
                    param);
        }
        return invoice;
    }

    /** Adds a line for each item; says {@code invoice.updated}. */
    void bind(Transaction tx, ObjectNode invoice, List<ObjectNode> items) {
        change(tx, invoice, lines -> items.forEach(item -> lines.insert(0, line(tx, invoice, item))));
    }

    /** Adds lines without an event, for an invoice that is just being created. */
    void fill(Transaction tx, ObjectNode invoice, List<ObjectNode> items) {
        var lines = lines(invoice);
        items.forEach(item -> lines.insert(0, line(tx, invoice, item)));
        refuseTooMany(lines);
        Totals.write(tx, invoice);
    }

    void rewrite(Transaction tx, ObjectNode invoice, ObjectNode item) {
        change(tx, invoice, lines -> {
            for (int i = 0; i < lines.size(); i++) {
                var line = (ObjectNode) lines.get(i);
                if (isOf(line, Json.need(item, "id"))) {
                    lines.set(i, line(tx, invoice, item).put("id", Json.need(line, "id")));
                }
            }
        });
    }

    void unbind(Transaction tx, ObjectNode invoice, String item) {
        change(tx, invoice, lines -> {
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (isOf((ObjectNode) lines.get(i), item)) {
                    lines.remove(i);
                }
            }
        });
    }

    private static boolean isOf(ObjectNode line, String item) {
        return item.equals(Json.string(line, "parent.invoice_item_details.invoice_item"))
                || item.equals(Json.string(line, "parent.subscription_item_details.invoice_item"));
    }

    private static void change(Transaction tx, ObjectNode invoice, Consumer<ArrayNode> change) {
        var before = invoice.deepCopy();
        change.accept(lines(invoice));
        refuseTooMany(lines(invoice));
        Totals.write(tx, invoice);
        Invoices.saveChanged(tx, before, invoice);
    }

    private static void refuseTooMany(ArrayNode lines) {
        if (lines.size() > MAX_LINES) {
            throw ApiException.invalid(null, "An invoice has at most " + MAX_LINES + " lines.", null);
        }
    }

    static ArrayNode lines(ObjectNode invoice) {
        return Json.list(invoice, "lines.data");
    }

    private static ObjectNode line(Transaction tx, ObjectNode invoice, ObjectNode item) {
        var line = Json.object().put("id", Ids.next("il")).put("object", "line_item");
        for (String field : new String[] {
            "amount",
            "currency",
            "description",
            "discountable",
            "metadata",
            "period",
            "pricing",
            "quantity",
            "quantity_decimal"
        }) {
            line.set(
                    field,
                    item.path(field).isMissingNode()
                            ? Json.none()
                            : item.get(field).deepCopy());
        }
        line.put("invoice", Json.need(invoice, "id")).put("subtotal", Json.number(item, "amount", 0));
        line.set("parent", parent(item));
        for (String field : new String[] {"discount_amounts", "pretax_credit_amounts", "taxes"}) {
            line.putArray(field);
        }
        Terms.copy(item, line);
        return tx.template().complete("line_item", line);
    }

    /** Where a line comes from: an item by itself, or one that a change of a subscription made. */
    private static ObjectNode parent(ObjectNode item) {
        var subscription = Json.string(item, "parent.subscription_details.subscription");
        var subscriptionItem = Json.string(item, "parent.subscription_details.subscription_item");
        var type = subscriptionItem == null ? "invoice_item_details" : "subscription_item_details";
        var parent =
                Json.object().put("type", type).putNull("invoice_item_details").putNull("subscription_item_details");
        var details = parent.putObject(type)
                .put("invoice_item", Json.need(item, "id"))
                .put("proration", Json.flag(item, "proration"))
                .put("subscription", subscription);
        details.putObject("proration_details").putNull("credited_items");
        if (subscriptionItem != null) {
            details.put("subscription_item", subscriptionItem);
        }
        return parent;
    }
}
