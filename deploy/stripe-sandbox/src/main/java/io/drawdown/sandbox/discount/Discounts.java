package io.drawdown.sandbox.discount;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Reduction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Coupons put on invoices, invoice items and subscriptions. */
public final class Discounts {

    /** Discounts have no operations of their own. */
    public static final ResourceType TYPE = new ResourceType("discount", "di", "/v1/discounts", "discount", "customer");

    /**
     * What a coupon is put on.
     *
     * @param customer whose it is
     * @param field of the discount that names it: {@code invoice}, {@code invoice_item}, {@code subscription} or
     *     {@code subscription_item}
     * @param first whether the customer has paid nothing so far
     * @param amount to be discounted as far as it is known, for codes with a minimum
     */
    public record Target(String customer, String field, String id, String currency, boolean first, long amount) {}

    /**
     * A discount as arithmetic sees it.
     *
     * @param products that it is for; empty for all
     */
    public record InForce(String id, Reduction off, Set<String> products) {

        /** Whether a line of that product is discounted. */
        public boolean covers(@Nullable String product) {
            return products.isEmpty() || (product != null && products.contains(product));
        }
    }

    private Discounts() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("DELETE /v1/customers/{customer}/discount", Discounts::deleteOfCustomer);
    }

    /** In this version of the API nothing puts a discount on a customer, so there is never one to delete. */
    private static ObjectNode deleteOfCustomer(Call call) {
        call.tx().require(Customers.TYPE, call.id(), null);
        throw ApiException.of(
                404, "invalid_request_error", "resource_missing", "No active discount for customer: " + call.id());
    }

    /**
     * The ids of the discounts that a {@code discounts} parameter asks for, each a coupon, a promotion code, or a discount
     * that is there already. A coupon on a subscription is told as {@code customer.discount.created}.
     *
     * @param param what the list is called
     */
    public static ArrayNode redeem(Transaction tx, JsonNode given, Target target, String param) {
        var ids = Json.array();
        for (int i = 0; i < given.size(); i++) {
            ids.add(redeemOne(tx, given.get(i), target, param + "[" + i + "]"));
        }
        return ids;
    }

    private static String redeemOne(Transaction tx, JsonNode given, Target target, String param) {
        if (given.size() != 1) {
            throw ApiException.invalid(
                    "parameters_exclusive",
                    "Each of discounts has exactly one of coupon, promotion_code and discount.",
                    param);
        }
        var kept = Json.string(given, "discount");
        if (kept != null) {
            return Json.need(tx.require(TYPE, kept, param + "[discount]"), "id");
        }
        var code = Json.string(given, "promotion_code");
        var coupon = code == null
                ? Json.need(given, "coupon")
                : PromotionCodes.redeem(tx, code, param + "[promotion_code]", redemption(target));
        return create(tx, Coupons.redeem(tx, coupon, param + "[coupon]"), code, target, param);
    }

    private static PromotionCodes.Redemption redemption(Target target) {
        return new PromotionCodes.Redemption(target.customer(), target.first(), target.amount(), target.currency());
    }

    private static String create(
            Transaction tx, ObjectNode coupon, @Nullable String code, Target target, String param) {
        if (off(coupon, target.currency()) == null) {
            throw ApiException.invalid(
                    null,
                    "The coupon " + Json.need(coupon, "id") + " takes nothing off in " + target.currency()
                            + ": give it that currency in currency_options.",
                    param);
        }
        var discount = Json.object()
                .put("customer", target.customer())
                .put(target.field(), target.id())
                .put("promotion_code", code)
                .put("start", tx.now());
        discount.putObject("source").put("type", "coupon").put("coupon", Json.need(coupon, "id"));
        discount.set("_terms", coupon);
        if ("repeating".equals(Json.string(coupon, "duration"))) {
            discount.put("end", monthsLater(tx.now(), Json.number(coupon, "duration_in_months", 1)));
        }
        boolean told = target.field().equals("subscription");
        return Json.need(tx.create(TYPE, discount, told ? "customer.discount.created" : null), "id");
    }

    private static long monthsLater(long start, long months) {
        return Instant.ofEpochSecond(start)
                .atZone(ZoneOffset.UTC)
                .plusMonths(months)
                .toEpochSecond();
    }

    private static @Nullable Reduction off(JsonNode coupon, String currency) {
        var percent = Json.string(coupon, "percent_off");
        if (percent != null) {
            return new Reduction.Percent(new BigDecimal(percent));
        }
        var amount = currency.equals(Json.string(coupon, "currency"))
                ? Json.string(coupon, "amount_off")
                : Json.string(coupon, "_currencyOptions." + currency + ".amount_off");
        return amount == null ? null : new Reduction.Fixed(Long.parseLong(amount));
    }

    /**
     * Those of the discounts that hold for an invoice of that time and currency, in their order.
     *
     * @param at seconds; a discount no longer holds at its end
     */
    public static List<InForce> inForce(Transaction tx, JsonNode ids, String currency, long at) {
        var inForce = new ArrayList<InForce>();
        for (JsonNode id : ids) {
            var discount = tx.find(TYPE, id.asString());
            var off = discount == null ? null : off(discount.path("_terms"), currency);
            if (discount != null && off != null && at < Json.number(discount, "end", Long.MAX_VALUE)) {
                inForce.add(new InForce(id.asString(), off, products(discount)));
            }
        }
        return inForce;
    }

    private static Set<String> products(ObjectNode discount) {
        return Json.list(discount, "_terms._appliesTo.products")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is left of the discounts of a subscription, or of an item of one, after an invoice has taken them over: those
     * that are for one invoice only, and those whose end has come, are gone. A subscription's are told as
     * {@code customer.discount.deleted}.
     */
    public static ArrayNode afterInvoice(Transaction tx, JsonNode ids) {
        var left = Json.array();
        for (JsonNode id : ids) {
            var discount = tx.find(TYPE, id.asString());
            if (discount != null && lasts(tx, discount)) {
                left.add(id.asString());
            } else if (discount != null && Json.string(discount, "subscription") != null) {
                tx.emit("customer.discount.deleted", discount);
            }
        }
        return left;
    }

    private static boolean lasts(Transaction tx, ObjectNode discount) {
        return !"once".equals(Json.string(discount, "_terms.duration"))
                && tx.now() < Json.number(discount, "end", Long.MAX_VALUE);
    }

    /** Takes a discount off what it was on, which the caller sees to; returns what the deletion answers. */
    public static ObjectNode delete(Transaction tx, String id) {
        var discount = tx.require(TYPE, id, "discount");
        tx.emit("customer.discount.deleted", discount);
        discount.remove("end");
        return discount.put("deleted", true);
    }
}
