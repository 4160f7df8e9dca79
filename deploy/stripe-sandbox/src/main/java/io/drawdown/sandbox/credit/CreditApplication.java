package io.drawdown.sandbox.credit;

import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.LineBalances;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What happens to billing credits when an invoice's amounts are computed. */
public enum CreditApplication {

    /** Nothing: the invoice is a draft. */
    NONE,
    /** They are shown as they would be applied. */
    PREVIEW,
    /** They are applied. */
    APPLY;

    /** Takes credits off the metered lines, grant by grant, each off the lines in their order. */
    public void take(Transaction tx, ObjectNode invoice, List<ObjectNode> lines, LineBalances left) {
        if (this == NONE || lines.stream().noneMatch(line -> meteredPrice(tx, line) != null)) {
            return;
        }
        var customer = Json.need(invoice, "customer");
        for (ObjectNode grant : CreditLedger.usable(tx, customer, Json.need(invoice, "currency"))) {
            long open = CreditLedger.left(tx, Json.need(grant, "id"));
            for (int i = 0; i < lines.size(); i++) {
                long taken = applies(tx, grant, lines.get(i)) ? left.take(open, i) : 0;
                open -= taken;
                if (taken > 0) {
                    write(lines.get(i), taken, use(tx, grant, taken, lines.get(i)));
                }
            }
        }
    }

    private static boolean applies(Transaction tx, ObjectNode grant, ObjectNode line) {
        var price = meteredPrice(tx, line);
        return price != null && CreditLedger.coversPrice(grant, price);
    }

    /** The line's price when a subscription bills it by a meter; null for any other line. */
    private static @Nullable String meteredPrice(Transaction tx, ObjectNode line) {
        var id = Json.string(line, "pricing.price_details.price");
        boolean subscribed = "subscription_item_details".equals(Json.string(line, "parent.type"));
        var price = id == null || !subscribed ? null : tx.find(Prices.TYPE, id);
        return price == null || Json.string(price, "recurring.meter") == null ? null : id;
    }

    private @Nullable String use(Transaction tx, ObjectNode grant, long amount, ObjectNode line) {
        return this == APPLY
                ? CreditLedger.apply(tx, grant, amount, Json.need(line, "invoice"), Json.need(line, "id"))
                : null;
    }

    private static void write(ObjectNode line, long amount, @Nullable String transaction) {
        Json.list(line, "pretax_credit_amounts")
                .addObject()
                .put("amount", amount)
                .put("credit_balance_transaction", transaction)
                .put("type", "credit_balance_transaction");
    }
}
