package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.PriceAmounts;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.meter.MeteredUsage;
import io.drawdown.sandbox.money.Decimals;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines that bill what a meter has counted.
 *
 * <p>A draft remembers which they are, and they are counted anew when it is finalized: usage that is stamped inside the
 * period and arrives in between is billed, what arrives later never is.
 */
public final class MeteredLines {

    private MeteredLines() {}

    /** Reads the usage of a line's period and writes quantity and amounts; less than nothing used is nothing. */
    public static void count(Transaction tx, String customer, ObjectNode line) {
        var price = tx.require(Prices.TYPE, Json.need(line, "pricing.price_details.price"), "price");
        var meter = Json.need(price, "recurring.meter");
        long from = Json.number(line, "period.start", 0);
        long to = Json.number(line, "period.end", 0);
        var used = MeteredUsage.of(tx, meter, customer, from, to).max(BigDecimal.ZERO);
        long amount = amount(tx, price, used);
        line.put("quantity", used.longValue())
                .put("quantity_decimal", Decimals.plain(used))
                .put("amount", amount)
                .put("subtotal", amount);
    }

    private static long amount(Transaction tx, ObjectNode price, BigDecimal used) {
        try {
            return PriceAmounts.of(price).amount(used, tx.billing().rounding());
        } catch (ArithmeticException e) {
            throw ApiException.invalid("amount_too_large", "What was used comes to more than an amount can be.", null);
        }
    }

    /** Counts the draft's metered lines anew; its sums are still to be written. */
    static void refresh(Transaction tx, ObjectNode invoice) {
        var metered = Json.list(invoice, "_metered");
        for (JsonNode line : Drafts.lines(invoice)) {
            if (metered.valueStream().anyMatch(id -> id.asString().equals(Json.string(line, "id")))) {
                count(tx, Json.need(invoice, "customer"), (ObjectNode) line);
            }
        }
    }
}
