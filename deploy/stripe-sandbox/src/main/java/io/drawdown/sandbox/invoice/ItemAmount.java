package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.CurrencyOptions;
import io.drawdown.sandbox.catalog.PriceAmounts;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Decimals;
import io.drawdown.sandbox.money.Limits;
import io.drawdown.sandbox.money.LinePrice;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an item costs: a bare amount, a unit amount, or a price; the last two times a quantity. */
final class ItemAmount {

    private static final Set<String> CONCERNS =
            Set.of("amount", "pricing", "quantity", "quantity_decimal", "unit_amount_decimal");

    private ItemAmount() {}

    /** Whether a change has to do with what the item costs. */
    static boolean concerns(JsonNode params) {
        return params.propertyStream().anyMatch(param -> CONCERNS.contains(param.getKey()));
    }

    /** Writes currency, quantity, pricing and amounts into the item. */
    static void write(Call call, ObjectNode item, @Nullable ObjectNode invoice) {
        var price = call.text("pricing.price");
        var amount = call.text("amount");
        var unit = call.text("unit_amount_decimal");
        refuseTwo("amount", amount, "pricing", price);
        refuseTwo("amount", amount, "unit_amount_decimal", unit);
        refuseTwo("pricing", price, "unit_amount_decimal", unit);
        writeQuantity(call, item, amount);
        var storedPrice = Json.string(item, "pricing.price_details.price");
        if (price != null || (storedPrice != null && amount == null && unit == null)) {
            byPrice(call, item, price == null ? String.valueOf(storedPrice) : price, invoice);
        } else {
            byAmount(call, item, amount, unit, invoice);
        }
        refuseOtherCurrency(item, invoice);
    }

    private static void refuseTwo(String one, @Nullable String first, String other, @Nullable String second) {
        if (first != null && second != null) {
            throw ApiException.exclusive(one, other);
        }
    }

    private static void writeQuantity(Call call, ObjectNode item, @Nullable String amount) {
        var whole = call.text("quantity");
        var decimal = call.text("quantity_decimal");
        refuseTwo("quantity", whole, "quantity_decimal", decimal);
        refuseTwo("amount", amount, "quantity", whole == null ? decimal : whole);
        var stored = Json.string(item, "quantity_decimal");
        var given = whole == null ? decimal : whole;
        var quantity = new BigDecimal(amount != null ? "1" : given != null ? given : stored != null ? stored : "1");
        if (quantity.signum() < 0) {
            throw ApiException.malformed("parameter_invalid_integer", "quantity is zero or more.", "quantity");
        }
        item.put("quantity_decimal", Decimals.plain(quantity)).put("quantity", quantity.longValue());
    }

    private static void byPrice(Call call, ObjectNode item, String id, @Nullable ObjectNode invoice) {
        var stored = call.tx().require(Prices.TYPE, id, "pricing[price]");
        var price = CurrencyOptions.in(stored, currency(call, stored, invoice), "pricing[price]");
        if (!"one_time".equals(Json.string(price, "type"))) {
            throw ApiException.invalid(
                    null,
                    "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
                    "pricing[price]");
        }
        if (!Json.flag(price, "active") && !Json.flag(price, "_inline")) {
            throw ApiException.invalid(
                    null, "The price specified is inactive. This field only accepts active prices.", "pricing[price]");
        }
        var product = Json.need(price, "product");
        item.put("currency", Json.need(price, "currency"));
        var pricing = item.putObject("pricing").put("type", "price_details");
        pricing.put("unit_amount_decimal", Json.string(price, "unit_amount_decimal"));
        pricing.putObject("price_details").put("price", id).put("product", product);
        describe(call, item, product);
        writeAmount(call, item, PriceAmounts.of(price));
    }

    /** The invoice's, or the one that the call asks for, or the price's own. */
    private static String currency(Call call, ObjectNode price, @Nullable ObjectNode invoice) {
        var given = call.text("currency");
        if (invoice != null) {
            return Json.need(invoice, "currency");
        }
        return given == null ? Json.need(price, "currency") : given.toLowerCase(Locale.ROOT);
    }

    private static void describe(Call call, ObjectNode item, String product) {
        var found = call.tx().find(Products.TYPE, product);
        if (found != null && Json.string(item, "description") == null) {
            item.put("description", Json.string(found, "name"));
        }
    }

    private static void byAmount(
            Call call, ObjectNode item, @Nullable String amount, @Nullable String unit, @Nullable ObjectNode invoice) {
        var stored = Json.string(item, "pricing.unit_amount_decimal");
        var each = amount != null ? amount : unit != null ? unit : stored;
        if (each == null) {
            throw ApiException.missing("amount");
        }
        var given = call.text("currency");
        var currency = given == null && invoice != null ? Json.need(invoice, "currency") : given;
        if (currency == null && !item.has("currency")) {
            throw ApiException.missing("currency");
        }
        if (currency != null) {
            item.put("currency", currency.toLowerCase(Locale.ROOT));
        }
        item.putObject("pricing")
                .put("type", "price_details")
                .put("unit_amount_decimal", Decimals.plain(new BigDecimal(each)));
        writeAmount(call, item, new LinePrice.PerUnit(new BigDecimal(each)));
    }

    private static void writeAmount(Call call, ObjectNode item, LinePrice price) {
        try {
            var quantity = new BigDecimal(Json.need(item, "quantity_decimal"));
            long amount = price.amount(quantity, call.tx().billing().rounding());
            if (amount > Limits.MAXIMUM_AMOUNT || amount < -Limits.MAXIMUM_AMOUNT) {
                throw tooLarge();
            }
            item.put("amount", amount);
        } catch (ArithmeticException e) {
            throw tooLarge();
        }
    }

    private static ApiException tooLarge() {
        return ApiException.invalid("amount_too_large", "The amount of an item has at most 12 digits.", "amount");
    }

    private static void refuseOtherCurrency(ObjectNode item, @Nullable ObjectNode invoice) {
        if (invoice != null && !Json.need(invoice, "currency").equals(Json.need(item, "currency"))) {
            throw ApiException.invalid(
                    null,
                    "The currency of the invoice item (" + Json.need(item, "currency")
                            + ") does not match the invoice's (" + Json.need(invoice, "currency") + ").",
                    "currency");
        }
    }
}
