package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.InvoiceItems;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Decimals;
import java.math.BigDecimal;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a change within a period gives back and costs, to the second and after discounts: items for the next invoice. */
final class Prorations {

    private Prorations() {}

    /** For what differs between two states of a subscription, from an instant to the end of its period. */
    static void between(Transaction tx, ObjectNode before, ObjectNode after, long instant) {
        var olds = new HashMap<String, ObjectNode>();
        Subscriptions.items(before).forEach(item -> olds.put(Json.need(item, "id"), item));
        for (ObjectNode item : Subscriptions.items(after)) {
            var old = olds.remove(Json.need(item, "id"));
            if (old == null || !sameCost(old, item)) {
                credit(tx, before, old, instant);
                debit(tx, before, item, instant, NetShare.expected(tx, after, item));
            }
        }
        olds.values().forEach(old -> credit(tx, before, old, instant));
    }

    /** Gives everything back that is paid and unused. */
    static void creditAll(Transaction tx, ObjectNode subscription, long instant) {
        Subscriptions.items(subscription).forEach(item -> credit(tx, subscription, item, instant));
    }

    private static boolean sameCost(ObjectNode old, ObjectNode item) {
        return Json.need(old, "price.id").equals(Json.need(item, "price.id"))
                && Json.number(old, "quantity", 0) == Json.number(item, "quantity", 0);
    }

    private static void credit(Transaction tx, ObjectNode subscription, @Nullable ObjectNode item, long instant) {
        if (item != null) {
            var share = NetShare.billed(tx, subscription, item, instant);
            add(tx, subscription, item, instant, share.negate(), "Unused time on ");
        }
    }

    private static void debit(
            Transaction tx, ObjectNode subscription, ObjectNode item, long instant, BigDecimal share) {
        add(tx, subscription, item, instant, share, "Remaining time on ");
    }

    private static long share(Transaction tx, long amount, BigDecimal share) {
        long net = share.abs()
                .multiply(BigDecimal.valueOf(amount))
                .setScale(0, tx.billing().rounding())
                .longValueExact();
        return share.signum() * net; // What is given back is rounded as what is asked for.
    }

    private static void add(
            Transaction tx, ObjectNode subscription, ObjectNode item, long instant, BigDecimal share, String what) {
        var rest = Subscriptions.periodOf(item).from(instant);
        if (Subscriptions.isMetered(item) || rest.seconds() == 0) {
            return;
        }
        var whole = Subscriptions.cycle(subscription, item).containing(rest.start());
        long amount = share(tx, Lines.amount(tx, item, rest, whole), share);
        var proration = PendingItem.of(tx, subscription, Json.need(item, "id"), amount)
                .put("description", what + Lines.describe(tx, item))
                .put("discountable", false)
                .put("proration", true)
                .put("quantity", Lines.quantity(item).longValue())
                .put("quantity_decimal", Decimals.plain(Lines.quantity(item)));
        proration.putObject("period").put("start", rest.start()).put("end", rest.end());
        proration.putObject("proration_details").putNull("credited_items").putArray("discount_amounts");
        proration.set("pricing", Lines.pricing(item));
        proration.set("tax_rates", Json.list(item, "tax_rates").deepCopy());
        tx.create(InvoiceItems.TYPE, proration, "invoiceitem.created");
    }
}
