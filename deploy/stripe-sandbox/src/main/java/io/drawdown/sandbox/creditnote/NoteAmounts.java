package io.drawdown.sandbox.creditnote;

import io.drawdown.sandbox.invoice.Entries;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sums of a credit note over its lines, in minor units. */
final class NoteAmounts {

    private NoteAmounts() {}

    /** Writes every amount that follows from the lines; returns the total. */
    static long write(ObjectNode note) {
        long gross = 0;
        long reduced = 0;
        long onTop = 0;
        long within = 0;
        for (JsonNode line : Json.list(note, "lines.data")) {
            gross = Math.addExact(gross, Json.number(line, "amount", 0));
            reduced = Math.addExact(reduced, Entries.sum(line, "pretax_credit_amounts"));
            onTop = Math.addExact(onTop, taxes(line, "exclusive"));
            within = Math.addExact(within, taxes(line, "inclusive"));
        }
        long total = gross - reduced + onTop;
        note.put("amount", total)
                .put("subtotal", gross)
                .put("subtotal_excluding_tax", gross - within)
                .put("total", total)
                .put("total_excluding_tax", total - onTop - within);
        var lines = Json.list(note, "lines.data");
        Entries.addUp(note, "discount_amounts", lines, "discount_amounts", "discount");
        Entries.addUp(
                note,
                "pretax_credit_amounts",
                lines,
                "pretax_credit_amounts",
                "discount",
                "credit_balance_transaction");
        Entries.addUp(
                note, "total_taxes", lines, "taxes", "tax_rate_details.tax_rate", "tax_behavior", "taxability_reason");
        note.put("discount_amount", Entries.sum(note, "discount_amounts"));
        return total;
    }

    private static long taxes(JsonNode line, String behavior) {
        return Json.list(line, "taxes")
                .valueStream()
                .filter(tax -> behavior.equals(Json.string(tax, "tax_behavior")))
                .mapToLong(tax -> Json.number(tax, "amount", 0))
                .reduce(0, Math::addExact);
    }
}
