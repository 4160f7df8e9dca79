package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.PriceAmounts;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Decimals;
import io.drawdown.sandbox.money.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The lines that a subscription's items leave on an invoice. */
final class Lines {

    private Lines() {}

    /** Licensed items that begin a period at an instant, for what they cost until its end. */
    static List<ObjectNode> inAdvance(Transaction tx, ObjectNode subscription, long instant) {
        return licensed(subscription)
                .filter(item -> Subscriptions.periodOf(item).start() == instant)
                .map(item -> inAdvance(tx, subscription, item, Subscriptions.periodOf(item)))
                .toList();
    }

    private static ObjectNode inAdvance(Transaction tx, ObjectNode subscription, ObjectNode item, Period part) {
        var whole = Subscriptions.cycle(subscription, item).containing(part.start());
        return line(tx, subscription, item, part, amount(tx, item, part, whole), describe(tx, item));
    }

    private static Stream<ObjectNode> licensed(ObjectNode subscription) {
        return Subscriptions.items(subscription).stream().filter(item -> !Subscriptions.isMetered(item));
    }

    /** Licensed items for the time from a start that lies in the past until now, a line for each period it touches. */
    static List<ObjectNode> elapsed(Transaction tx, ObjectNode subscription, long now) {
        var lines = new ArrayList<ObjectNode>();
        licensed(subscription).forEach(item -> {
            var cycle = Subscriptions.cycle(subscription, item);
            long start = Json.number(subscription, "start_date", now);
            while (start < now) {
                long end = Math.min(cycle.containing(start).end(), now);
                lines.add(inAdvance(tx, subscription, item, new Period(start, end)));
                start = end;
            }
        });
        return lines;
    }

    /** Every item for a time that costs nothing. */
    static List<ObjectNode> free(Transaction tx, ObjectNode subscription, Period period, String what) {
        return Subscriptions.items(subscription).stream()
                .map(item -> line(tx, subscription, item, period, 0, what + product(tx, item)))
                .toList();
    }

    /** Metered items whose period ends at an instant, for that period; they are still to be counted. */
    static List<ObjectNode> inArrears(Transaction tx, ObjectNode subscription, long instant) {
        return used(
                tx, subscription, instant, item -> Subscriptions.periodOf(item).end() <= instant);
    }

    /** Metered items for what of their periods has passed at an instant; they are still to be counted. */
    static List<ObjectNode> used(Transaction tx, ObjectNode subscription, long until) {
        return used(
                tx, subscription, until, item -> Subscriptions.periodOf(item).start() < until);
    }

    private static List<ObjectNode> used(
            Transaction tx, ObjectNode subscription, long until, Predicate<ObjectNode> which) {
        return Subscriptions.items(subscription).stream()
                .filter(item -> Subscriptions.isMetered(item) && which.test(item))
                .map(item -> line(tx, subscription, item, past(subscription, item, until), 0, product(tx, item)))
                .toList();
    }

    private static Period past(ObjectNode subscription, ObjectNode item, long until) {
        var period = Subscriptions.periodOf(item);
        return AccruedUsage.since(subscription, item, new Period(period.start(), Math.min(until, period.end())));
    }

    /** What an item costs for a part of the whole, in minor units. */
    static long amount(Transaction tx, ObjectNode item, Period part, Period whole) {
        var price = tx.require(Prices.TYPE, Json.need(item, "price.id"), "price");
        try {
            var rounding = tx.billing().rounding();
            long amount = PriceAmounts.of(price).amount(quantity(item), part.seconds(), whole.seconds(), rounding);
            if (amount <= Limits.MAXIMUM_AMOUNT) {
                return amount;
            }
        } catch (ArithmeticException e) {
            throw tooLarge();
        }
        throw tooLarge();
    }

    private static ApiException tooLarge() {
        return ApiException.invalid("amount_too_large", "The amount of a line has at most 12 digits.", "quantity");
    }

    static BigDecimal quantity(ObjectNode item) {
        return BigDecimal.valueOf(Json.number(item, "quantity", 0));
    }

    static String describe(Transaction tx, ObjectNode item) {
        return Decimals.plain(quantity(item)) + " × " + product(tx, item);
    }

    /** The name of the item's product. */
    static String product(Transaction tx, ObjectNode item) {
        var product = tx.find(Products.TYPE, Json.need(item, "price.product"));
        return product == null ? "A deleted product" : Json.need(product, "name");
    }

    private static ObjectNode line(
            Transaction tx, ObjectNode subscription, ObjectNode item, Period period, long amount, String description) {
        var line = Json.object()
                .put("id", Ids.next("il"))
                .put("object", "line_item")
                .put("amount", amount)
                .put("currency", Json.need(subscription, "currency"))
                .put("description", description)
                .put("discountable", true)
                .put("quantity", quantity(item).longValue())
                .put("quantity_decimal", Decimals.plain(quantity(item)))
                .put("subscription", Json.need(subscription, "id"))
                .put("subtotal", amount);
        line.putObject("period").put("start", period.start()).put("end", period.end());
        line.set("metadata", subscription.path("metadata").deepCopy());
        line.set("pricing", pricing(item));
        line.putObject("parent")
                .put("type", "subscription_item_details")
                .putNull("invoice_item_details")
                .putObject("subscription_item_details")
                .putNull("invoice_item")
                .put("proration", false)
                .put("subscription", Json.need(subscription, "id"))
                .put("subscription_item", Json.need(item, "id"))
                .putObject("proration_details")
                .putNull("credited_items");
        OwnTerms.copy(item, line);
        return tx.template().complete("line_item", line);
    }

    static ObjectNode pricing(ObjectNode item) {
        var pricing = Json.object()
                .put("type", "price_details")
                .put("unit_amount_decimal", Json.string(item, "price.unit_amount_decimal"));
        pricing.putObject("price_details")
                .put("price", Json.need(item, "price.id"))
                .put("product", Json.need(item, "price.product"));
        return pricing;
    }
}
