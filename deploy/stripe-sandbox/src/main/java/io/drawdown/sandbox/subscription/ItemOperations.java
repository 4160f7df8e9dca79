package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The items of a subscription as resources of their own: each change of one is a change of its subscription. */
final class ItemOperations {

    private static final Set<String> OF_SUBSCRIPTION =
            Set.of("payment_behavior", "proration_behavior", "proration_date", "off_session");

    private final Changes changes;

    ItemOperations(Changes changes) {
        this.changes = changes;
    }

    void register(Routes routes) {
        routes.on("GET /v1/subscription_items", ItemOperations::list)
                .on("GET /v1/subscription_items/{item}", ItemOperations::retrieve)
                .on("POST /v1/subscription_items", this::create)
                .on("POST /v1/subscription_items/{item}", this::update)
                .on("DELETE /v1/subscription_items/{item}", this::delete);
    }

    private static ObjectNode list(Call call) {
        call.tx().require(Subscriptions.TYPE, call.need("subscription"), "subscription");
        return Listing.page(call, SubscriptionItems.TYPE, Condition.that("subscription", _ -> true));
    }

    private static ObjectNode retrieve(Call call) {
        return call.tx().require(SubscriptionItems.TYPE, call.id(), null);
    }

    private ObjectNode create(Call call) {
        var subscription = change(call, call.need("subscription"), itemParams(call));
        return Subscriptions.items(subscription).getLast().deepCopy();
    }

    private ObjectNode update(Call call) {
        var item = retrieve(call);
        var subscription =
                change(call, Json.need(item, "subscription"), itemParams(call).put("id", call.id()));
        return Subscriptions.items(subscription).stream()
                .filter(each -> call.id().equals(Json.string(each, "id")))
                .findFirst()
                .orElse(item)
                .deepCopy();
    }

    private ObjectNode delete(Call call) {
        var item = retrieve(call);
        var param = Json.object().put("id", call.id()).put("deleted", true);
        var subscription = call.tx().require(Subscriptions.TYPE, Json.need(item, "subscription"), null);
        if (Subscriptions.items(subscription).size() == 1) {
            throw ApiException.invalid(
                    null, "A subscription must have at least one active item: cancel the subscription instead.", null);
        }
        change(call, Json.need(item, "subscription"), param);
        call.tx().work().remove(SubscriptionItems.TYPE.name(), call.id());
        return Json.object()
                .put("id", call.id())
                .put("object", SubscriptionItems.TYPE.name())
                .put("deleted", true);
    }

    private static ObjectNode itemParams(Call call) {
        var param = call.params().deepCopy();
        param.remove(OF_SUBSCRIPTION);
        param.remove(List.of("subscription", "expand"));
        return param;
    }

    private ObjectNode change(Call call, String subscription, ObjectNode item) {
        var params = Json.object();
        params.putArray("items").add(item);
        OF_SUBSCRIPTION.stream()
                .filter(call.params()::has)
                .forEach(name -> params.set(name, call.params().get(name)));
        return changes.update(new Call(call.tx(), call.operation(), Map.of("subscription", subscription), params));
    }
}
