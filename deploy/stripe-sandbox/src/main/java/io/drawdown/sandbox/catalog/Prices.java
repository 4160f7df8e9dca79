package io.drawdown.sandbox.catalog;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.meter.Meters;
import io.drawdown.sandbox.store.Condition;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change and list prices; none is ever deleted. */
public final class Prices {

    public static final ResourceType TYPE = new ResourceType(
            "price",
            "price",
            "/v1/prices",
            "price",
            "created",
            "active",
            "currency",
            "lookup_key",
            "product",
            "type",
            "recurring.interval",
            "recurring.meter",
            "recurring.usage_type");

    private static final Set<String> HANDLED = Set.of(
            "currency",
            "product",
            "product_data",
            "recurring",
            "unit_amount",
            "unit_amount_decimal",
            "tiers",
            "lookup_key",
            "currency_options",
            "transfer_lookup_key");

    private final Fields fields;

    public Prices(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/prices", this::create)
                .on("GET /v1/prices", Reading.list(TYPE))
                .on("GET /v1/prices/{price}", Reading.retrieve(TYPE))
                .on("POST /v1/prices/{price}", this::update);
    }

    /** Makes a price of parameters. */
    public ObjectNode create(Call call) {
        var params = call.params();
        var price = Json.object().put("active", true).put("billing_scheme", "per_unit");
        price.put("currency", currency(call.need("currency")));
        price.put("tax_behavior", "unspecified").putObject("metadata");
        price.put("product", product(call));
        writeRecurring(call, price);
        fields.take(call, TYPE, price, HANDLED, Set.of("custom_unit_amount"));
        refusePackaging(price);
        writeAmounts(price, params);
        CurrencyOptions.write(call, price);
        writeLookupKey(call, price);
        return call.tx().create(TYPE, price, "price.created");
    }

    private static String currency(String given) {
        var currency = given.toLowerCase(Locale.ROOT);
        if (!currency.matches("[a-z]{3}")) {
            throw ApiException.malformed(
                    null, "Invalid currency: " + given + ". Give a three-letter ISO code.", "currency");
        }
        return currency;
    }

    private String product(Call call) {
        var id = call.text("product");
        var data = Json.at(call.params(), "product_data");
        if ((id == null) == (data == null)) {
            throw id == null ? ApiException.missing("product") : ApiException.exclusive("product", "product_data");
        }
        if (id != null) {
            call.tx().require(Products.TYPE, id, "product");
            return id;
        }
        var params = data instanceof ObjectNode object ? object : Json.object();
        var product = new Products(fields, this).create(new Call(call.tx(), "POST /v1/products", call.path(), params));
        return Json.need(product, "id");
    }

    private static void writeRecurring(Call call, ObjectNode price) {
        if (!(Json.at(call.params(), "recurring") instanceof ObjectNode recurring)) {
            price.put("type", "one_time").putNull("recurring");
            return;
        }
        refuseLongInterval(recurring);
        boolean metered = "metered".equals(Json.string(recurring, "usage_type"));
        var meter = Json.string(recurring, "meter");
        if (metered != (meter != null)) {
            throw ApiException.invalid(
                    null,
                    "A metered price needs recurring[usage_type]=metered and recurring[meter] together: usage records are gone.",
                    "recurring[meter]");
        }
        if (meter != null) {
            call.tx().require(Meters.TYPE, meter, "recurring[meter]");
        }
        price.put("type", "recurring")
                .putObject("recurring")
                .put("interval", Json.string(recurring, "interval"))
                .put("interval_count", Json.number(recurring, "interval_count", 1))
                .put("meter", meter)
                .set(
                        "trial_period_days",
                        recurring.path("trial_period_days").isNumber()
                                ? recurring.get("trial_period_days")
                                : Json.none());
        Json.child(price, "recurring").put("usage_type", metered ? "metered" : "licensed");
    }

    /** At most three years, in whatever unit. */
    private static void refuseLongInterval(ObjectNode recurring) {
        var interval = Json.need(recurring, "interval");
        long most = switch (interval) {
            case "day" -> 1095;
            case "week" -> 156;
            case "month" -> 36;
            default -> 3;
        };
        long count = Json.number(recurring, "interval_count", 1);
        if (count < 1 || count > most) {
            throw ApiException.invalid(
                    null,
                    "The interval of a price is at most three years: interval_count for " + interval + " is 1 to "
                            + most + "; got " + count + ".",
                    "recurring[interval_count]");
        }
    }

    /** A package has at least one unit in it, and tiers are priced by the unit. */
    private static void refusePackaging(ObjectNode price) {
        if (Json.at(price, "transform_quantity") == null) {
            return;
        }
        if ("tiered".equals(Json.string(price, "billing_scheme"))) {
            throw ApiException.invalid(null, "transform_quantity cannot be combined with tiers.", "transform_quantity");
        }
        if (Json.number(price, "transform_quantity.divide_by", 0) < 1) {
            throw ApiException.malformed(
                    "parameter_invalid_integer",
                    "This value must be greater than or equal to 1.",
                    "transform_quantity[divide_by]");
        }
    }

    private static void writeAmounts(ObjectNode price, ObjectNode params) {
        PriceAmounts.write(price, params, "unit_amount", "");
        boolean tiered = "tiered".equals(Json.string(price, "billing_scheme"));
        boolean hasUnit = Json.at(price, "unit_amount_decimal") != null;
        var tiers = Json.list(params, "tiers");
        if (tiered == hasUnit || tiered == tiers.isEmpty() || tiered != (Json.string(price, "tiers_mode") != null)) {
            throw ApiException.invalid(
                    null,
                    tiered
                            ? "A tiered price needs tiers and tiers_mode, and no unit_amount."
                            : "A per-unit price needs unit_amount or unit_amount_decimal, and no tiers.",
                    tiered ? "tiers" : "unit_amount");
        }
        if (tiered) {
            price.set("_tiers", PriceAmounts.tiers(tiers));
        }
    }

    private static void writeLookupKey(Call call, ObjectNode price) {
        var key = call.text("lookup_key");
        if (key == null) {
            if (call.params().has("lookup_key")) {
                price.putNull("lookup_key");
            }
            return;
        }
        for (ObjectNode holder : call.tx().work().all(TYPE.name(), Condition.is("lookup_key", key))) {
            if (!Json.need(holder, "id").equals(Json.string(price, "id"))) {
                takeLookupKey(call, holder, key);
            }
        }
        price.put("lookup_key", key);
    }

    private static void takeLookupKey(Call call, ObjectNode holder, String key) {
        if (!Json.flag(call.params(), "transfer_lookup_key")) {
            throw ApiException.invalid(
                    "resource_already_exists",
                    "A price (" + Json.need(holder, "id") + ") already uses that lookup key: " + key,
                    "lookup_key");
        }
        var before = holder.deepCopy();
        call.tx().saveChanged(TYPE, before, holder.putNull("lookup_key"), "price.updated");
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var price = before.deepCopy();
        var tax = call.text("tax_behavior");
        if (tax != null
                && !"unspecified".equals(Json.string(before, "tax_behavior"))
                && !tax.equals(Json.string(before, "tax_behavior"))) {
            throw ApiException.invalid(null, "tax_behavior cannot be changed once it is specified.", "tax_behavior");
        }
        fields.take(call, TYPE, price, Set.of("lookup_key", "transfer_lookup_key", "currency_options"), Set.of());
        CurrencyOptions.write(call, price);
        refuseArchivedDefault(call, price);
        writeLookupKey(call, price);
        call.tx().saveChanged(TYPE, before, price, "price.updated");
        return price;
    }

    /** A price for one use, from {@code price_data}: not active, so that nobody else uses it. */
    public ObjectNode inline(Call call, ObjectNode data) {
        var price = create(new Call(call.tx(), "POST /v1/prices", call.path(), data));
        price.put("active", false).put("_inline", true);
        call.tx().save(TYPE, price);
        return price;
    }

    private static void refuseArchivedDefault(Call call, ObjectNode price) {
        var product = call.tx().find(Products.TYPE, Json.need(price, "product"));
        boolean usual = product != null && Json.need(price, "id").equals(Json.string(product, "default_price"));
        if (usual && call.params().has("active") && !Json.flag(price, "active")) {
            throw ApiException.invalid(
                    null, "This price cannot be archived because it is the default price of its product.", "active");
        }
    }

    /** The tiers, for those who ask to expand them. */
    public static JsonNode tiers(Transaction tx, ObjectNode served) {
        var stored = tx.find(TYPE, Json.need(served, "id"));
        return stored == null ? Json.array() : Json.list(stored, "_tiers");
    }

    /** The unit amount as a decimal string; null for tiered prices. */
    public static @Nullable String unitAmount(ObjectNode price) {
        return Json.string(price, "unit_amount_decimal");
    }
}
