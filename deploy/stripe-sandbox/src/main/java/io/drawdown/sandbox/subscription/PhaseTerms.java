package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.discount.Coupons;
import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.discount.PromotionCodes;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.tax.TaxRates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a phase of a schedule, or one of its items, says of money and collection: as a request has it, as it is stored, and
 * as parameters of the subscription.
 */
final class PhaseTerms {

    /** Called the same and of the same form in a phase, in a schedule's defaults and in a subscription. */
    private static final List<String> PLAIN =
            List.of("automatic_tax", "collection_method", "default_payment_method", "description");

    /** What a phase takes from the schedule's defaults where it says nothing; of discounts and tax rates it then has none. */
    private static final List<String> WITH_DEFAULT = and(PLAIN, Thresholds.PARAM, "invoice_settings");

    private static final Set<String> OF_EXTRA =
            Set.of("discountable", "discounts", "metadata", "price", "quantity", "tax_rates");
    private static final Map<String, ResourceType> DISCOUNTED_BY =
            Map.of("coupon", Coupons.TYPE, "discount", Discounts.TYPE, "promotion_code", PromotionCodes.TYPE);

    private PhaseTerms() {}

    private static List<String> and(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    /** Takes what a phase says itself. */
    static void readOwn(Call call, ObjectNode param, ObjectNode phase, String path) {
        readDiscounts(call.tx(), param, phase, path);
        readRates(call.tx(), param, phase, "default_tax_rates", path);
        var extras = phase.putArray(ExtraItems.PARAM);
        var params = Json.list(param, ExtraItems.PARAM);
        for (int i = 0; i < params.size(); i++) {
            extras.add(extra(call, (ObjectNode) params.get(i), path + "[" + ExtraItems.PARAM + "][" + i + "]"));
        }
    }

    private static ObjectNode extra(Call call, ObjectNode param, String path) {
        refuseOthers(call, param, OF_EXTRA, path);
        var price = Json.string(param, "price");
        if (price == null) {
            throw ApiException.missing(path + "[price]");
        }
        var extra =
                Json.object().put("price", Json.need(call.tx().require(Prices.TYPE, price, path + "[price]"), "id"));
        extra.put("quantity", Json.number(param, "quantity", 1));
        extra.put("discountable", !param.has("discountable") || Json.flag(param, "discountable"));
        extra.set("metadata", param.path("metadata").isObject() ? param.get("metadata") : Json.object());
        var period = extra.putObject("period");
        period.putObject("start").put("type", "phase_start");
        period.putObject("end").put("type", "min_item_period_end");
        readDiscounts(call.tx(), param, extra, path);
        readRates(call.tx(), param, extra, "tax_rates", path);
        return extra;
    }

    /** Takes what an item of a phase says. */
    static void readItem(Transaction tx, ObjectNode param, ObjectNode item, String path) {
        readDiscounts(tx, param, item, path);
        readRates(tx, param, item, "tax_rates", path);
    }

    /** Takes what a phase, or a schedule for all of its phases, says of the rest. */
    static void readWithDefault(Call call, ObjectNode param, ObjectNode terms, String path) {
        WITH_DEFAULT.stream().filter(param::has).forEach(name -> {
            var given = path + "[" + name + "]";
            terms.set(
                    name,
                    switch (name) {
                        case "automatic_tax" -> automaticTax(param);
                        case Thresholds.PARAM -> Thresholds.read(param, given);
                        case "invoice_settings" -> invoiceSettings(call, Json.child(param, name), given);
                        default -> param.get(name).deepCopy();
                    });
        });
    }

    private static ObjectNode automaticTax(ObjectNode param) {
        boolean enabled = Json.flag(param, "automatic_tax.enabled");
        var tax = Json.object().put("enabled", enabled).putNull("disabled_reason");
        tax.set("liability", enabled ? Json.object().put("type", "self") : Json.none());
        return tax;
    }

    private static ObjectNode invoiceSettings(Call call, ObjectNode param, String path) {
        refuseOthers(call, param, Set.of("days_until_due"), path);
        var settings = Json.object();
        settings.putObject("issuer").put("type", "self");
        var days = Json.at(param, "days_until_due");
        settings.set("days_until_due", days == null ? Json.none() : days);
        return settings;
    }

    private static void refuseOthers(Call call, ObjectNode param, Set<String> covered, String path) {
        param.propertyNames().stream()
                .filter(name -> !covered.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.notCovered(path + "[" + name + "]", call.operation());
                });
    }

    private static void readDiscounts(Transaction tx, ObjectNode param, ObjectNode owner, String path) {
        var discounts = owner.putArray("discounts");
        var params = Json.list(param, "discounts");
        for (int i = 0; i < params.size(); i++) {
            discounts.add(discount(tx, (ObjectNode) params.get(i), path + "[discounts][" + i + "]"));
        }
    }

    private static ObjectNode discount(Transaction tx, ObjectNode param, String path) {
        var discount = Json.object();
        DISCOUNTED_BY.forEach((name, type) -> {
            var id = Json.string(param, name);
            discount.put(name, id == null ? null : Json.need(tx.require(type, id, path + "[" + name + "]"), "id"));
        });
        return discount;
    }

    private static void readRates(Transaction tx, ObjectNode param, ObjectNode owner, String name, String path) {
        owner.set(name, TaxRates.named(tx, Json.list(param, name), path + "[" + name + "]"));
    }

    /** The terms of a subscription that is not scheduled yet, for its only phase. */
    static void copyOwn(ObjectNode subscription, ObjectNode phase) {
        phase.set("discounts", keptDiscounts(subscription));
        phase.set(
                "default_tax_rates",
                Json.list(subscription, "default_tax_rates").deepCopy());
        phase.putArray(ExtraItems.PARAM);
    }

    /** The terms of an item of such a subscription. */
    static void copyItem(ObjectNode item, ObjectNode stored) {
        stored.set("discounts", keptDiscounts(item));
        stored.set("tax_rates", Json.list(item, "tax_rates").deepCopy());
    }

    private static ArrayNode keptDiscounts(ObjectNode owner) {
        var kept = Json.array();
        Json.list(owner, "discounts")
                .forEach(id -> kept.addObject()
                        .putNull("coupon")
                        .put("discount", id.asString())
                        .putNull("promotion_code"));
        return kept;
    }

    /** The defaults that a schedule takes over from such a subscription. */
    static void copyDefaults(ObjectNode subscription, ObjectNode defaults) {
        and(PLAIN, Thresholds.PARAM)
                .forEach(name -> defaults.set(name, subscription.path(name).deepCopy()));
        Json.child(defaults, "invoice_settings").set("days_until_due", subscription.path("days_until_due"));
    }

    /** A phase and its schedule's defaults as parameters of the subscription. */
    static void writeParams(ObjectNode phase, ObjectNode defaults, ObjectNode params) {
        params.set("discounts", given(phase));
        params.set("default_tax_rates", ids(phase, "default_tax_rates"));
        params.set(Thresholds.PARAM, effective(phase, defaults, Thresholds.PARAM));
        var extras = params.putArray(ExtraItems.PARAM);
        Json.list(phase, ExtraItems.PARAM)
                .forEach(extra -> extras.add(itemParam(extra).remove(List.of("period"))));
        PLAIN.forEach(name -> {
            var value = effective(phase, defaults, name);
            if (!value.isNull()) {
                params.set(name, value);
            }
        });
        if ("send_invoice".equals(Json.string(params, "collection_method"))) {
            params.set(
                    "days_until_due",
                    effective(phase, defaults, "invoice_settings").path("days_until_due"));
        }
    }

    /** Refuses a phase whose invoices would be sent without a date to pay them by. */
    static void requireDaysUntilDue(ObjectNode phase, ObjectNode defaults, String path) {
        boolean sends = "send_invoice"
                .equals(effective(phase, defaults, "collection_method").asString(""));
        if (sends && Json.at(effective(phase, defaults, "invoice_settings"), "days_until_due") == null) {
            throw ApiException.missing(path + "[invoice_settings][days_until_due]");
        }
    }

    /**
     * Takes out of the parameters of a phase that is under way what its subscription has got of it already: items are billed
     * once, and a coupon is redeemed once.
     */
    static void keepWhatIsGiven(ObjectNode phase, ObjectNode former, ObjectNode params) {
        params.remove(ExtraItems.PARAM);
        if (phase.path("discounts").equals(former.path("discounts"))) {
            params.remove("discounts");
        }
        Json.list(params, "items")
                .forEach(param -> Json.list(former, "items").forEach(item -> {
                    if (item.path("price").equals(param.path("price"))
                            && given(item).equals(param.path("discounts"))) {
                        ((ObjectNode) param).remove("discounts");
                    }
                }));
    }

    private static JsonNode effective(ObjectNode phase, ObjectNode defaults, String name) {
        var own = Json.at(phase, name);
        var usual = Json.at(defaults, name);
        return own != null ? own.deepCopy() : usual != null ? usual.deepCopy() : Json.none();
    }

    /** An item of a phase as parameters; without what it has besides. */
    static ObjectNode itemParam(JsonNode item) {
        var param = (ObjectNode) item.deepCopy();
        param.set("discounts", given(item));
        param.set("tax_rates", ids(item, "tax_rates"));
        return param;
    }

    private static ArrayNode given(JsonNode owner) {
        var given = Json.list(owner, "discounts").deepCopy();
        given.forEach(discount -> ((ObjectNode) discount).removeIf(JsonNode::isNull));
        return given;
    }

    private static ArrayNode ids(JsonNode owner, String name) {
        var ids = Json.array();
        Json.list(owner, name).forEach(rate -> ids.add(Json.need(rate, "id")));
        return ids;
    }
}
