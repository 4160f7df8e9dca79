package io.drawdown.sandbox.discount;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, delete and list coupons. */
public final class Coupons {

    public static final ResourceType TYPE = new ResourceType("coupon", "coupon", "/v1/coupons", "coupon", "created");

    private static final Set<String> HANDLED = Set.of("id", "currency", "currency_options", "applies_to");
    private static final int GENERATED_ID = 8;

    private final Fields fields;

    public Coupons(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/coupons", this::create)
                .on("GET /v1/coupons", Coupons::list)
                .on(
                        "GET /v1/coupons/{coupon}",
                        call -> refreshed(call.tx(), call.tx().require(TYPE, call.id(), null)))
                .on("POST /v1/coupons/{coupon}", this::update)
                .on("DELETE /v1/coupons/{coupon}", Coupons::delete);
    }

    private ObjectNode create(Call call) {
        var id = call.text("id");
        if (id != null && call.tx().work().exists(TYPE.name(), id)) {
            throw ApiException.invalid("resource_already_exists", "Coupon already exists.", "id");
        }
        var coupon = Json.object()
                .put("id", id == null ? Ids.text(GENERATED_ID) : id)
                .put("duration", "once")
                .put("times_redeemed", 0)
                .put("valid", true);
        coupon.putObject("metadata");
        fields.take(call, TYPE, coupon, HANDLED, Set.of());
        checkAmounts(call, coupon);
        checkLimits(call, coupon);
        writeProducts(call, coupon);
        return call.tx().create(TYPE, coupon, "coupon.created");
    }

    private static void checkAmounts(Call call, ObjectNode coupon) {
        var percent = call.text("percent_off");
        var amount = call.text("amount_off");
        if (percent == null && amount == null) {
            throw ApiException.invalid(
                    null,
                    "Must provide exactly one of `percent_off` or `amount_off` when creating a coupon.",
                    "percent_off");
        }
        if (percent != null && amount != null) {
            throw ApiException.exclusive("percent_off", "amount_off");
        }
        if (percent != null) {
            requireIn("percent_off", new BigDecimal(percent), BigDecimal.valueOf(100));
        } else {
            requireIn("amount_off", new BigDecimal(String.valueOf(amount)), BigDecimal.valueOf(Long.MAX_VALUE));
            coupon.put("currency", call.need("currency").toLowerCase(Locale.ROOT));
        }
        if (Json.at(call.params(), "currency_options") instanceof ObjectNode options) {
            coupon.set("_currencyOptions", options);
        }
    }

    private static void requireIn(String param, BigDecimal value, BigDecimal most) {
        if (value.signum() <= 0 || value.compareTo(most) > 0) {
            throw ApiException.invalid(null, param + " must be more than 0 and at most " + most + ".", param);
        }
    }

    private static void checkLimits(Call call, ObjectNode coupon) {
        boolean repeating = "repeating".equals(Json.string(coupon, "duration"));
        var months = call.text("duration_in_months");
        if (repeating != (months != null)) {
            throw ApiException.invalid(
                    null, "duration_in_months goes with duration=repeating, and only with it.", "duration_in_months");
        }
        for (String param : new String[] {"duration_in_months", "max_redemptions"}) {
            if (Json.number(call.params(), param, 1) < 1) {
                throw ApiException.malformed("parameter_invalid_integer", param + " is at least 1.", param);
            }
        }
        if (Json.number(call.params(), "redeem_by", Long.MAX_VALUE) <= call.tx().now()) {
            throw ApiException.invalid(null, "redeem_by must be in the future.", "redeem_by");
        }
    }

    private static void writeProducts(Call call, ObjectNode coupon) {
        var products = Json.list(call.params(), "applies_to.products");
        products.forEach(product -> call.tx().require(Products.TYPE, product.asString(), "applies_to[products]"));
        if (!products.isEmpty()) {
            coupon.putObject("_appliesTo").set("products", products);
        }
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var coupon = before.deepCopy();
        fields.take(call, TYPE, coupon, HANDLED, Set.of());
        if (Json.at(call.params(), "currency_options") instanceof ObjectNode options) {
            addOptions(coupon, options);
        }
        call.tx().saveChanged(TYPE, before, coupon, "coupon.updated");
        return refreshed(call.tx(), coupon);
    }

    /** Options are added; what a currency takes off never changes. */
    private static void addOptions(ObjectNode coupon, ObjectNode options) {
        var kept = Json.at(coupon, "_currencyOptions") instanceof ObjectNode known
                ? known
                : coupon.putObject("_currencyOptions");
        options.properties().forEach(option -> {
            if (kept.has(option.getKey()) && !kept.get(option.getKey()).equals(option.getValue())) {
                throw ApiException.invalid(
                        null, "The amount of a currency cannot be changed: " + option.getKey(), "currency_options");
            }
            kept.set(option.getKey(), option.getValue());
        });
    }

    private static ObjectNode list(Call call) {
        var page = Listing.page(call, TYPE);
        Json.list(page, "data").forEach(coupon -> refreshed(call.tx(), (ObjectNode) coupon));
        return page;
    }

    private static ObjectNode delete(Call call) {
        var coupon = call.tx().require(TYPE, call.id(), null);
        call.tx().work().remove(TYPE.name(), call.id());
        call.tx().emit("coupon.deleted", coupon);
        return Json.object().put("id", call.id()).put("object", TYPE.name()).put("deleted", true);
    }

    /** {@code valid} follows from the time and from what has been redeemed. */
    static ObjectNode refreshed(Transaction tx, ObjectNode coupon) {
        boolean left =
                Json.number(coupon, "times_redeemed", 0) < Json.number(coupon, "max_redemptions", Long.MAX_VALUE);
        return coupon.put("valid", left && Json.number(coupon, "redeem_by", Long.MAX_VALUE) > tx.now());
    }

    /**
     * Counts a redemption and returns the terms to redeem.
     *
     * @param param which named the coupon
     * @throws ApiException when it has run out
     */
    static ObjectNode redeem(Transaction tx, String id, String param) {
        var coupon = refreshed(tx, tx.require(TYPE, id, param));
        if (!Json.flag(coupon, "valid")) {
            throw ApiException.invalid("coupon_expired", "Coupon expired: " + id, param);
        }
        coupon.put("times_redeemed", Json.number(coupon, "times_redeemed", 0) + 1);
        tx.save(TYPE, refreshed(tx, coupon));
        return coupon;
    }

    /** The products it is for, for those who ask to expand them. */
    public static JsonNode appliesTo(Transaction tx, ObjectNode served) {
        return own(tx, served, "_appliesTo", "products");
    }

    /** The amounts in other currencies, for those who ask to expand them. */
    public static JsonNode currencyOptions(Transaction tx, ObjectNode served) {
        return own(tx, served, "_currencyOptions", "");
    }

    private static JsonNode own(Transaction tx, ObjectNode served, String field, String list) {
        var stored = tx.find(TYPE, Json.need(served, "id"));
        if (stored != null && stored.has(field)) {
            return stored.get(field);
        }
        var none = Json.object();
        if (!list.isEmpty()) {
            none.putArray(list);
        }
        return none;
    }
}
