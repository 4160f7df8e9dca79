package io.drawdown.sandbox.catalog;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a price costs in other currencies than its own. */
public final class CurrencyOptions {

    private static final String FIELD = "_currencyOptions";

    private CurrencyOptions() {}

    /** Adds the options that the call has; one that is there keeps its amounts. */
    static void write(Call call, ObjectNode price) {
        if (!(Json.at(call.params(), "currency_options") instanceof ObjectNode given)) {
            return;
        }
        var options = Json.at(price, FIELD) instanceof ObjectNode kept ? kept : price.putObject(FIELD);
        given.properties().forEach(option -> {
            var path = "currency_options[" + option.getKey() + "]";
            if (options.has(option.getKey()) || option.getKey().equals(Json.string(price, "currency"))) {
                throw ApiException.invalid(
                        null, "The amounts of a currency cannot be changed: " + option.getKey(), path);
            }
            options.set(option.getKey(), option(call, price, (ObjectNode) option.getValue(), path));
        });
    }

    private static ObjectNode option(Call call, ObjectNode price, ObjectNode given, String path) {
        if (Json.at(given, "custom_unit_amount") != null) {
            throw ApiException.notCovered(path + "[custom_unit_amount]", call.operation());
        }
        var option = Json.object().putNull("custom_unit_amount");
        var behavior = Json.string(given, "tax_behavior");
        option.put("tax_behavior", behavior == null ? "unspecified" : behavior);
        PriceAmounts.write(option, given, "unit_amount", path);
        boolean tiered = "tiered".equals(Json.string(price, "billing_scheme"));
        if (tiered == (Json.at(option, "unit_amount_decimal") != null)) {
            throw ApiException.invalid(
                    null, "A currency option is priced as its price is: by tiers or by unit_amount.", path);
        }
        if (tiered) {
            option.set("tiers", PriceAmounts.tiers(Json.list(given, "tiers")));
        }
        return option;
    }

    /**
     * The price as it is in a currency.
     *
     * @throws ApiException when it is not offered in it
     */
    public static ObjectNode in(ObjectNode price, String currency, String param) {
        if (currency.equals(Json.string(price, "currency"))) {
            return price;
        }
        if (!(Json.at(price, FIELD + "." + currency) instanceof ObjectNode option)) {
            throw ApiException.invalid(
                    null,
                    "The price " + Json.need(price, "id") + " is in " + Json.need(price, "currency")
                            + " and has no currency option for " + currency + ".",
                    param);
        }
        var offered = price.deepCopy().put("currency", currency);
        offered.set("unit_amount", option.path("unit_amount"));
        offered.set("unit_amount_decimal", option.path("unit_amount_decimal"));
        offered.set("_tiers", Json.list(option, "tiers"));
        return offered;
    }

    /** All currencies of a price with its own first, for those who ask to expand them. */
    public static JsonNode of(Transaction tx, ObjectNode served) {
        var options = Json.object();
        var price = tx.find(Prices.TYPE, Json.need(served, "id"));
        if (price != null) {
            var own = options.putObject(Json.need(price, "currency")).putNull("custom_unit_amount");
            for (String field : new String[] {"tax_behavior", "unit_amount", "unit_amount_decimal"}) {
                own.set(field, price.path(field).deepCopy());
            }
            if (price.has("_tiers")) {
                own.set("tiers", price.get("_tiers").deepCopy());
            }
            price.path(FIELD).properties().forEach(option -> options.set(option.getKey(), option.getValue()));
        }
        return options;
    }
}
