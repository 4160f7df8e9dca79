package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Metadata;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Items of subscriptions: a price and how many of it. */
public final class SubscriptionItems {

    public static final ResourceType TYPE = new ResourceType(
            "subscription_item", "si", "/v1/subscription_items", "subscription_item", "created", "subscription");

    private final Prices prices;

    SubscriptionItems(Prices prices) {
        this.prices = prices;
    }

    /**
     * A new item, in no subscription yet.
     *
     * @param param the parameters of one item
     * @param path what they are called, {@code items[0]}; empty when they are the call's own
     */
    ObjectNode create(Call call, ObjectNode param, String path) {
        var item = Json.object()
                .put("id", Ids.next(TYPE.prefix()))
                .put("object", TYPE.name())
                .put("created", call.tx().now());
        item.putArray("discounts");
        item.putArray("tax_rates");
        item.putObject("metadata");
        var price = price(call, param, path);
        if (price == null) {
            throw ApiException.missing(name(path, "price"));
        }
        setPrice(item, price);
        change(call, item, param, path);
        return call.tx().template().complete(TYPE.name(), item);
    }

    /** Changes quantity, price, metadata or threshold, whichever is given; {@link OwnTerms} sees to the rest. */
    void change(Call call, ObjectNode item, ObjectNode param, String path) {
        var price = price(call, param, path);
        if (price != null) {
            setPrice(item, price);
        }
        if (param.has("metadata")) {
            item.set("metadata", Metadata.merged(item.path("metadata"), param.get("metadata")));
        }
        writeQuantity(item, param, path);
        Thresholds.writeItem(item, param, name(path, Thresholds.PARAM));
    }

    private static void writeQuantity(ObjectNode item, ObjectNode param, String path) {
        if (Subscriptions.isMetered(item)) {
            if (param.has("quantity")) {
                throw ApiException.invalid(
                        null,
                        "Quantity cannot be set for metered prices: it is what the meter counts.",
                        name(path, "quantity"));
            }
            item.remove("quantity");
            return;
        }
        long quantity = Json.number(param, "quantity", Json.number(item, "quantity", 1));
        if (quantity < 0) {
            throw ApiException.malformed(
                    "parameter_invalid_integer", "quantity is zero or more.", name(path, "quantity"));
        }
        item.put("quantity", quantity);
    }

    private @Nullable ObjectNode price(Call call, ObjectNode param, String path) {
        if (param.get("price_data") instanceof ObjectNode data) {
            return prices.create(new Call(call.tx(), "POST /v1/prices", Map.of(), data));
        }
        var field = param.has("price") ? "price" : "plan";
        var id = Json.string(param, field);
        var price = id == null ? null : call.tx().require(Prices.TYPE, id, name(path, field));
        if (price != null) {
            refuseUnusable(price, name(path, field));
        }
        return price;
    }

    private static void refuseUnusable(ObjectNode price, String param) {
        if (!"recurring".equals(Json.string(price, "type"))) {
            throw ApiException.invalid(
                    null,
                    "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
                    param);
        }
        if (!Json.flag(price, "active")) {
            throw ApiException.invalid(
                    null, "The price specified is inactive. This field only accepts active prices.", param);
        }
    }

    private static void setPrice(ObjectNode item, ObjectNode price) {
        var served = Rendering.served(price.deepCopy());
        item.set("price", served);
        item.set("plan", plan(served));
    }

    /** The older form of a recurring price. */
    private static ObjectNode plan(JsonNode price) {
        var plan = Json.object()
                .put("object", "plan")
                .put("interval", Json.string(price, "recurring.interval"))
                .put("interval_count", Json.number(price, "recurring.interval_count", 1))
                .put("meter", Json.string(price, "recurring.meter"))
                .put("usage_type", Json.string(price, "recurring.usage_type"));
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        List.of("id", "active", "billing_scheme", "created", "currency", "livemode", "metadata", "nickname", "product")
                .forEach(field -> plan.set(field, price.path(field).deepCopy()));
        plan.set("tiers_mode", price.path("tiers_mode"));
        plan.set("trial_period_days", Json.none());
        plan.set("transform_usage", price.path("transform_quantity").deepCopy());
        return plan;
    }

    private static String name(String path, String field) {
        return path.isEmpty() ? field : path + "[" + field + "]";
    }
}
