package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.LineBalances;
import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.databind.node.ObjectNode;

/** Takes discounts off lines: each line's own before the invoice's, each list in its order. */
record LineDiscounts(Transaction tx, ObjectNode invoice, List<ObjectNode> lines, LineBalances left) {

    /** The lines' own discounts. */
    void takeOwn() {
        for (int i = 0; i < lines.size(); i++) {
            int own = i;
            take(lines.get(i), line -> line == own);
        }
    }

    /** The invoice's discounts, each off all lines that it covers. */
    void takeInvoices() {
        take(invoice, _ -> true);
    }

    private void take(ObjectNode owner, IntPredicate owned) {
        var currency = Json.need(invoice, "currency");
        long at = Json.number(invoice, "created", tx.now());
        for (var discount : Discounts.inForce(tx, owner.path("discounts"), currency, at)) {
            var parts = left.take(discount.off(), line -> owned.test(line) && covers(discount, lines.get(line)));
            for (int i = 0; i < parts.length; i++) {
                if (owned.test(i) && covers(discount, lines.get(i))) {
                    write(lines.get(i), discount.id(), parts[i]);
                }
            }
        }
    }

    private static boolean covers(Discounts.InForce discount, ObjectNode line) {
        return Json.flag(line, "discountable") && discount.covers(Json.string(line, "pricing.price_details.product"));
    }

    private static void write(ObjectNode line, String discount, long amount) {
        Json.list(line, "discount_amounts").addObject().put("amount", amount).put("discount", discount);
        Json.list(line, "pretax_credit_amounts")
                .addObject()
                .put("amount", amount)
                .put("discount", discount)
                .put("type", "discount");
    }
}
