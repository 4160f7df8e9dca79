package io.drawdown.sandbox.creditnote;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Entries;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Decimals;
import io.drawdown.sandbox.money.LinePrice;
import io.drawdown.sandbox.money.Portion;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.tax.NamedRates;
import io.drawdown.sandbox.tax.TaxRates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of one credit note, from the parameters of the call. */
record NoteLines(Call call, ObjectNode invoice, List<ObjectNode> earlier) {

    private static final String TYPE = "credit_note_line_item";

    static ArrayNode of(Call call, ObjectNode invoice) {
        var lines = new NoteLines(call, invoice, earlier(call.tx(), Json.need(invoice, "id")));
        var given = Json.list(call.params(), "lines");
        var amount = call.text("amount");
        if (given.isEmpty() && amount == null) {
            throw ApiException.invalid(
                    "parameter_missing", "You must pass one of `amount`, `lines`, or `shipping_cost`.", "amount");
        }
        return given.isEmpty() ? lines.single(Long.parseLong(String.valueOf(amount))) : lines.all(given);
    }

    /** The lines of the invoice's notes so far. */
    private static List<ObjectNode> earlier(Transaction tx, String invoice) {
        var lines = new ArrayList<ObjectNode>();
        tx.work()
                .all(CreditNotes.TYPE.name(), Condition.is("invoice", invoice), Condition.is("status", "issued"))
                .forEach(note -> Json.list(note, "lines.data").forEach(line -> lines.add((ObjectNode) line)));
        return lines;
    }

    /** An amount without lines is one line of its own. */
    private ArrayNode single(long amount) {
        var line = blank("custom_line_item", amount).put("quantity", 1);
        writeUnit(line, BigDecimal.valueOf(amount));
        return Json.array().add(complete(line));
    }

    private ArrayNode all(ArrayNode given) {
        var lines = Json.array();
        for (int i = 0; i < given.size(); i++) {
            var params = given.get(i);
            var path = "lines[" + i + "]";
            lines.add(complete(
                    "custom_line_item".equals(Json.string(params, "type"))
                            ? custom(params, path)
                            : ofInvoice(params, path)));
        }
        return lines;
    }

    private ObjectNode custom(JsonNode params, String path) {
        var unit = Json.string(params, "unit_amount_decimal");
        var each = unit == null ? Json.string(params, "unit_amount") : unit;
        if (each == null) {
            throw ApiException.missing(path + "[unit_amount]");
        }
        long quantity = Json.number(params, "quantity", 1);
        var price = new LinePrice.PerUnit(new BigDecimal(each));
        long amount =
                price.amount(BigDecimal.valueOf(quantity), call.tx().billing().rounding());
        var line = blank("custom_line_item", amount)
                .put("description", Json.string(params, "description"))
                .put("quantity", quantity);
        writeUnit(line, price.unitAmount());
        var rates = TaxRates.named(call.tx(), Json.list(params, "tax_rates"), path + "[tax_rates]");
        line.set("tax_rates", rates);
        NamedRates.of(call.tx(), invoice, rates).write(line, Json.number(line, "amount", 0));
        return line;
    }

    private ObjectNode ofInvoice(JsonNode params, String path) {
        if (Json.at(params, "tax_amounts") != null || Json.at(params, "tax_rates") != null) {
            throw ApiException.notCovered(path + "[tax_amounts]", call.operation());
        }
        var id = Json.string(params, "invoice_line_item");
        if (id == null) {
            throw ApiException.missing(path + "[invoice_line_item]");
        }
        var billed = billed(id, path);
        long whole = Json.number(billed, "amount", 0);
        long amount = amount(params, billed, path);
        long taken = Math.addExact(amount, earlierOf(id));
        if (amount <= 0 || taken > whole) {
            throw ApiException.invalid(
                    null,
                    "You can credit more than 0 and at most " + (whole - earlierOf(id)) + " of this line; got " + amount
                            + ".",
                    path);
        }
        var line = blank("invoice_line_item", amount)
                .put("description", Json.string(billed, "description"))
                .put("invoice_line_item", id)
                .put("quantity", Json.at(params, "quantity") == null ? null : Json.number(params, "quantity", 1));
        for (String list : new String[] {"discount_amounts", "pretax_credit_amounts", "taxes"}) {
            share(line, billed, list, taken, whole);
        }
        return line;
    }

    private ObjectNode billed(String id, String path) {
        for (JsonNode line : Json.list(invoice, "lines.data")) {
            if (id.equals(Json.string(line, "id"))) {
                return (ObjectNode) line;
            }
        }
        throw ApiException.noSuch("line_item", id, path + "[invoice_line_item]");
    }

    private static long amount(JsonNode params, ObjectNode billed, String path) {
        var amount = Json.string(params, "amount");
        var quantity = Json.string(params, "quantity");
        if ((amount == null) == (quantity == null)) {
            throw ApiException.invalid(null, "Pass exactly one of amount and quantity for the line.", path);
        }
        return amount != null
                ? Long.parseLong(amount)
                : Portion.next(
                        Json.number(billed, "amount", 0),
                        Long.parseLong(String.valueOf(quantity)),
                        Math.max(1, Json.number(billed, "quantity", 1)),
                        0);
    }

    private long earlierOf(String id) {
        return earlier.stream()
                .filter(line -> id.equals(Json.string(line, "invoice_line_item")))
                .mapToLong(line -> Json.number(line, "amount", 0))
                .sum();
    }

    /** The line's part of each of the billed line's discounts, credits or taxes. */
    private void share(ObjectNode line, ObjectNode billed, String list, long taken, long whole) {
        var shares = line.putArray(list);
        var entries = Json.list(billed, list);
        for (int i = 0; i < entries.size(); i++) {
            var share = (ObjectNode) entries.get(i).deepCopy();
            for (String field : new String[] {"amount", "taxable_amount"}) {
                if (share.has(field)) {
                    long earlier = earlier(Json.need(billed, "id"), list, i, field);
                    share.put(field, Portion.next(Json.number(share, field, 0), taken, whole, earlier));
                }
            }
            shares.add(share);
        }
    }

    /** Entries keep their places from note to note. */
    private long earlier(String id, String list, int place, String field) {
        return earlier.stream()
                .filter(line -> id.equals(Json.string(line, "invoice_line_item")))
                .mapToLong(line -> Json.number(Json.list(line, list).path(place), field, 0))
                .sum();
    }

    private static ObjectNode blank(String type, long amount) {
        var line = Json.object()
                .put("id", Ids.next("cnli"))
                .put("object", TYPE)
                .put("type", type)
                .put("amount", amount);
        for (String list : new String[] {"discount_amounts", "pretax_credit_amounts", "taxes", "tax_rates"}) {
            line.putArray(list);
        }
        line.putObject("metadata");
        return line;
    }

    private static void writeUnit(ObjectNode line, BigDecimal unit) {
        @Nullable Long whole = Decimals.isWhole(unit) ? Long.valueOf(unit.longValueExact()) : null;
        line.put("unit_amount", whole).put("unit_amount_decimal", Decimals.plain(unit));
    }

    private ObjectNode complete(ObjectNode line) {
        line.put("discount_amount", Entries.sum(line, "discount_amounts"));
        return call.tx().template().complete(TYPE, line);
    }
}
