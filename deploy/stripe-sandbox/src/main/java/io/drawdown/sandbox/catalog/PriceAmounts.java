package io.drawdown.sandbox.catalog;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Decimals;
import io.drawdown.sandbox.money.Limits;
import io.drawdown.sandbox.money.LinePrice;
import io.drawdown.sandbox.money.Tier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A price's amounts: from parameters to the stored form, and from there to arithmetic. */
public final class PriceAmounts {

    private static final BigDecimal MOST = BigDecimal.valueOf(Limits.MAXIMUM_AMOUNT);

    private PriceAmounts() {}

    /** Writes {@code unit_amount} and {@code unit_amount_decimal} from whichever is given. */
    static void write(ObjectNode target, ObjectNode params, String field, String path) {
        var whole = Json.string(params, field);
        var decimal = Json.string(params, field + "_decimal");
        if (whole != null && decimal != null) {
            throw ApiException.exclusive(name(path, field), name(path, field + "_decimal"));
        }
        var given = whole == null ? decimal : whole;
        var amount = given == null ? null : new BigDecimal(given);
        if (amount != null && amount.stripTrailingZeros().scale() > Decimals.MAX_PLACES) {
            throw ApiException.malformed(
                    null,
                    "Invalid decimal: at most " + Decimals.MAX_PLACES + " decimal places; got " + decimal,
                    name(path, field + "_decimal"));
        }
        if (amount != null) {
            refuseOutOfRange(amount, name(path, field));
        }
        write(target, field, amount);
    }

    private static void refuseOutOfRange(BigDecimal amount, String param) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            throw ApiException.malformed(
                    "parameter_invalid_integer", "This value must be between 0 and " + MOST + ".", param);
        }
    }

    private static void write(ObjectNode target, String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            target.putNull(field).putNull(field + "_decimal");
            return;
        }
        target.put(field + "_decimal", Decimals.plain(amount));
        if (Decimals.isWhole(amount)) {
            target.put(field, amount.longValueExact());
        } else {
            target.putNull(field);
        }
    }

    /** The stored form of tiers: ascending, the last without end. */
    static ArrayNode tiers(JsonNode params) {
        var tiers = Json.array();
        long last = 0;
        for (int i = 0; i < params.size(); i++) {
            var param = (ObjectNode) params.get(i);
            var path = "tiers[" + i + "]";
            var tier = tiers.addObject();
            write(tier, param, "flat_amount", path);
            write(tier, param, "unit_amount", path);
            refuseWithoutAmount(tier, path);
            boolean end = i == params.size() - 1;
            last = upTo(tier, Json.string(param, "up_to"), last, end, path);
        }
        return tiers;
    }

    private static void refuseWithoutAmount(ObjectNode tier, String path) {
        if (Json.at(tier, "flat_amount_decimal") == null && Json.at(tier, "unit_amount_decimal") == null) {
            throw ApiException.invalid(
                    null, "A tier has a unit_amount, a flat_amount or both.", path + "[unit_amount]");
        }
    }

    private static String name(String path, String field) {
        return path.isEmpty() ? field : path + "[" + field + "]";
    }

    private static long upTo(ObjectNode tier, @Nullable String upTo, long last, boolean end, String path) {
        boolean open = "inf".equals(upTo);
        if (end != open) {
            throw ApiException.invalid(
                    null, "The last tier, and only it, must have `up_to` set to `inf`.", path + "[up_to]");
        }
        if (open) {
            tier.putNull("up_to");
            return last;
        }
        long bound = Long.parseLong(String.valueOf(upTo));
        if (bound <= last) {
            throw ApiException.invalid(
                    null, "Tiers must ascend: " + bound + " follows " + last + ".", path + "[up_to]");
        }
        tier.put("up_to", bound);
        return bound;
    }

    /** The arithmetic of a stored price. */
    public static LinePrice of(ObjectNode price) {
        if ("tiered".equals(Json.string(price, "billing_scheme"))) {
            var tiers = readTiers(Json.list(price, "_tiers"));
            return "volume".equals(Json.string(price, "tiers_mode"))
                    ? new LinePrice.Volume(tiers)
                    : new LinePrice.Graduated(tiers);
        }
        var unit = decimal(price, "unit_amount_decimal");
        if (Json.at(price, "transform_quantity") instanceof ObjectNode transform) {
            var round = "up".equals(Json.string(transform, "round")) ? RoundingMode.CEILING : RoundingMode.FLOOR;
            return new LinePrice.Packaged(unit, Json.number(transform, "divide_by", 1), round);
        }
        return new LinePrice.PerUnit(unit);
    }

    private static List<Tier> readTiers(ArrayNode tiers) {
        return tiers.valueStream()
                .map(tier -> new Tier(
                        Json.at(tier, "up_to") == null ? null : decimal(tier, "up_to"),
                        decimal(tier, "unit_amount_decimal"),
                        decimal(tier, "flat_amount_decimal")))
                .toList();
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        var text = Json.string(node, field);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }
}
