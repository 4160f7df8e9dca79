package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.LineBalances;
import io.drawdown.sandbox.store.Condition;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What discounts leave of an item's price, as a share of it: so much is what a change gives back and costs. */
final class NetShare {

    private NetShare() {}

    /** Of what has been billed for the item's period; where no invoice shows that, of what would be billed. */
    static BigDecimal billed(Transaction tx, ObjectNode subscription, ObjectNode item, long instant) {
        return tx
                .work()
                .all(Invoices.TYPE.name(), Condition.is("_subscription", Json.need(subscription, "id")))
                .stream()
                .flatMap(invoice -> Json.list(invoice, "lines.data").valueStream())
                .filter(line -> isFor(line, item, instant))
                .findFirst()
                .map(NetShare::of)
                .orElseGet(() -> expected(tx, subscription, item));
    }

    private static boolean isFor(JsonNode line, ObjectNode item, long instant) {
        return Json.need(item, "id").equals(Json.string(line, "parent.subscription_item_details.subscription_item"))
                && Json.need(item, "price.id").equals(Json.string(line, "pricing.price_details.price"))
                && Json.number(line, "amount", 0) > 0
                && Json.number(line, "period.start", 0) <= instant
                && instant <= Json.number(line, "period.end", 0);
    }

    private static BigDecimal of(JsonNode line) {
        long off = Json.list(line, "discount_amounts")
                .valueStream()
                .mapToLong(discount -> Json.number(discount, "amount", 0))
                .sum();
        long amount = Json.number(line, "amount", 0);
        return share(amount - off, amount);
    }

    /** Of what would be billed for a whole period of the subscription's items, by the discounts that hold now. */
    static BigDecimal expected(Transaction tx, ObjectNode subscription, ObjectNode item) {
        var items = Subscriptions.items(subscription).stream()
                .filter(each -> !Subscriptions.isMetered(each))
                .toList();
        var amounts = items.stream().mapToLong(each -> whole(tx, each)).toArray();
        var left = new LineBalances(amounts);
        for (int i = 0; i < items.size(); i++) {
            int own = i;
            take(tx, subscription, items, left, items.get(i), line -> line == own);
        }
        take(tx, subscription, items, left, subscription, _ -> true);
        int line = items.indexOf(item);
        return line < 0 ? BigDecimal.ONE : share(left.left(line), amounts[line]);
    }

    private static long whole(Transaction tx, ObjectNode item) {
        var one = new Period(0, 1);
        return Lines.amount(tx, item, one, one);
    }

    private static void take(
            Transaction tx,
            ObjectNode subscription,
            List<ObjectNode> items,
            LineBalances left,
            ObjectNode owner,
            IntPredicate owned) {
        var currency = Json.need(subscription, "currency");
        for (var discount : Discounts.inForce(tx, Json.list(owner, "discounts"), currency, tx.now())) {
            left.take(
                    discount.off(),
                    line -> owned.test(line) && discount.covers(Json.string(items.get(line), "price.product")));
        }
    }

    private static BigDecimal share(long left, long amount) {
        return amount <= 0
                ? BigDecimal.ONE
                : BigDecimal.valueOf(left).divide(BigDecimal.valueOf(amount), MathContext.DECIMAL128);
    }
}
