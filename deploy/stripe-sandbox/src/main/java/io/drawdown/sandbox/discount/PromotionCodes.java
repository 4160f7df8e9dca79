package io.drawdown.sandbox.discount;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change and list promotion codes. */
public final class PromotionCodes {

    public static final ResourceType TYPE = new ResourceType(
            "promotion_code",
            "promo",
            "/v1/promotion_codes",
            "promotion code",
            "created",
            "active",
            "code",
            "customer",
            "promotion.coupon",
            "_code");

    private static final int GENERATED_CODE = 8;

    /** What is known of a redemption when a code's restrictions are checked. */
    record Redemption(String customer, boolean first, long amount, String currency) {}

    private final Fields fields;

    public PromotionCodes(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/promotion_codes", this::create)
                .on("GET /v1/promotion_codes", PromotionCodes::list)
                .on("GET /v1/promotion_codes/{promotion_code}", Reading.retrieve(TYPE))
                .on("POST /v1/promotion_codes/{promotion_code}", this::update);
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var coupon = call.text("promotion.coupon");
        if (coupon == null) {
            throw ApiException.missing("promotion[coupon]");
        }
        var terms = Coupons.refreshed(tx, tx.require(Coupons.TYPE, coupon, "promotion[coupon]"));
        if (!Json.flag(terms, "valid")) {
            throw ApiException.invalid("coupon_expired", "Coupon expired: " + coupon, "promotion[coupon]");
        }
        if (call.params().has("customer")) {
            Customers.named(call);
        }
        var code = Json.object().put("active", true).put("times_redeemed", 0);
        code.put("code", Ids.text(GENERATED_CODE).toUpperCase(Locale.ROOT));
        code.putObject("metadata");
        code.putObject("restrictions").put("first_time_transaction", false);
        fields.take(call, TYPE, code, Set.of(), Set.of("customer_account"));
        checkLimits(code, terms);
        refuseTaken(tx, code);
        return tx.create(TYPE, code, "promotion_code.created");
    }

    private static void checkLimits(ObjectNode code, ObjectNode coupon) {
        for (String[] pair : new String[][] {{"max_redemptions", "max_redemptions"}, {"expires_at", "redeem_by"}}) {
            long most = Json.number(coupon, pair[1], Long.MAX_VALUE);
            if (Json.number(code, pair[0], 0) > most) {
                throw ApiException.invalid(
                        null, pair[0] + " must not exceed the coupon's " + pair[1] + ", " + most + ".", pair[0]);
            }
        }
        boolean amount = Json.at(code, "restrictions.minimum_amount") != null;
        if (amount != (Json.at(code, "restrictions.minimum_amount_currency") != null)) {
            throw ApiException.missing(
                    amount ? "restrictions[minimum_amount_currency]" : "restrictions[minimum_amount]");
        }
    }

    /** Regardless of case, one active code of that text for everybody or for the customer. */
    private static void refuseTaken(Transaction tx, ObjectNode code) {
        var text = Json.need(code, "code");
        if (!text.matches("[A-Za-z0-9-]+")) {
            throw ApiException.invalid(null, "A code consists of letters, digits and dashes; got " + text, "code");
        }
        code.put("_code", text.toLowerCase(Locale.ROOT));
        var customer = Json.string(code, "customer");
        boolean taken = Json.flag(code, "active")
                && tx
                        .work()
                        .all(
                                TYPE.name(),
                                Condition.is("_code", Json.need(code, "_code")),
                                Condition.is("active", "true"))
                        .stream()
                        .filter(other -> !Json.need(other, "id").equals(Json.string(code, "id")))
                        .map(other -> Json.string(other, "customer"))
                        .anyMatch(other -> other == null || customer == null || other.equals(customer));
        if (taken) {
            throw ApiException.invalid(
                    "resource_already_exists",
                    "An active promotion code with `code: " + text + "` already exists.",
                    "code");
        }
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, Set.of("coupon", "code"));
        var coupon = call.text("coupon");
        if (coupon != null) {
            conditions.add(Condition.is("promotion.coupon", coupon));
        }
        var code = call.text("code");
        if (code != null) {
            conditions.add(Condition.is("_code", code.toLowerCase(Locale.ROOT)));
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var code = before.deepCopy();
        fields.take(call, TYPE, code, Set.of(), Set.of());
        refuseTaken(call.tx(), code);
        call.tx().saveChanged(TYPE, before, code, "promotion_code.updated");
        return code;
    }

    /** Counts a redemption and returns the coupon to redeem. */
    static String redeem(Transaction tx, String id, String param, Redemption redemption) {
        var before = tx.require(TYPE, id, param);
        checkRestrictions(tx, before, param, redemption);
        var code = before.deepCopy();
        long times = Json.number(code, "times_redeemed", 0) + 1;
        code.put("times_redeemed", times).put("active", times < Json.number(code, "max_redemptions", Long.MAX_VALUE));
        tx.saveChanged(TYPE, before, code, "promotion_code.updated");
        return Json.need(code, "promotion.coupon");
    }

    private static void checkRestrictions(Transaction tx, ObjectNode code, String param, Redemption redemption) {
        if (!Json.flag(code, "active") || Json.number(code, "expires_at", Long.MAX_VALUE) <= tx.now()) {
            throw refused("it is no longer active", code, param);
        }
        var customer = Json.string(code, "customer");
        if (customer != null && !customer.equals(redemption.customer())) {
            throw refused("it is for another customer", code, param);
        }
        if (Json.flag(code, "restrictions.first_time_transaction") && !redemption.first()) {
            throw refused("it is for a customer's first purchase", code, param);
        }
        if (redemption.amount() < minimum(code, redemption.currency())) {
            throw refused("the amount is too small for it", code, param);
        }
    }

    private static long minimum(ObjectNode code, String currency) {
        var own = Json.string(code, "restrictions.minimum_amount_currency");
        return own == null || own.equals(currency)
                ? Json.number(code, "restrictions.minimum_amount", 0)
                : Json.number(code, "restrictions.currency_options." + currency + ".minimum_amount", Long.MAX_VALUE);
    }

    private static ApiException refused(String reason, ObjectNode code, String param) {
        return ApiException.invalid(
                null,
                "This promotion code cannot be redeemed because " + reason + ": " + Json.need(code, "code"),
                param);
    }
}
