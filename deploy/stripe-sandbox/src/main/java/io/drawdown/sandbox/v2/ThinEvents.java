package io.drawdown.sandbox.v2;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of v2. What is pushed says only what happened to which object; what is fetched has the data too. */
public final class ThinEvents {

    public static final ResourceType TYPE =
            new ResourceType("v2.core.event", "evt_test", "/v2/core/events", "event", "type", "_related", "_recorded");

    private static final int MAX_TYPES = 20;
    private static final long KEPT_SECONDS = 30 * 24 * 60 * 60L;

    private ThinEvents() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v2/core/events", ThinEvents::list).on("GET /v2/core/events/{id}", Reading.retrieve(TYPE));
    }

    /**
     * Makes and stores an event and arranges its deliveries.
     *
     * @param related {@code id}, {@code type} and {@code url} of the object concerned; null when there is none
     * @param data what fetching the event shows beyond its notification
     */
    public static ObjectNode record(
            Transaction tx, String type, @Nullable ObjectNode related, @Nullable ObjectNode data) {
        long now = tx.moment().outside();
        var event = Json.object()
                .put("id", Ids.next(TYPE.prefix()))
                .put("object", TYPE.name())
                .put(
                        "context",
                        tx.work().account().equals(Work.PLATFORM)
                                ? null
                                : tx.work().account())
                .put("created", Rfc3339.text(now))
                .put("livemode", false);
        addReason(tx, event);
        event.put("type", type).put("_recorded", now);
        if (data != null) {
            event.set("data", data);
        }
        if (related != null) {
            event.put("_related", Json.need(related, "id")).set("related_object", related);
        }
        tx.save(TYPE, event);
        tx.events().deliver(tx, event);
        return event;
    }

    private static void addReason(Transaction tx, ObjectNode event) {
        if (tx.cause().requestId() != null) {
            var key = tx.cause().idempotencyKey();
            event.putObject("reason")
                    .put("type", "request")
                    .putObject("request")
                    .put("id", tx.cause().requestId())
                    .put("idempotency_key", key == null ? "" : key);
        }
    }

    /** Forgets events that are too old to be listed. */
    public static void forget(Transaction tx) {
        long oldest = tx.moment().outside() - KEPT_SECONDS;
        tx.work().removeAll(TYPE.name(), Condition.that("_recorded", at -> Long.parseLong(at) < oldest));
    }

    /** Which object an event is about. */
    public static ObjectNode related(String id, String type, String url) {
        return Json.object().put("id", id).put("type", type).put("url", url);
    }

    /** What is pushed of an event. */
    public static ObjectNode notification(ObjectNode event) {
        var notification = event.deepCopy();
        notification.remove(List.of("data", "_related", "_recorded"));
        if (!notification.has("related_object")) {
            notification.putNull("related_object");
        }
        return notification;
    }

    private static ObjectNode list(Call call) {
        return Pages.page(call, TYPE, params -> conditions(call, params), (event, _) -> event);
    }

    private static List<Condition> conditions(Call call, ObjectNode params) {
        var conditions = new ArrayList<Condition>();
        long oldest = call.tx().moment().outside() - KEPT_SECONDS;
        conditions.add(Condition.that("_recorded", at -> Long.parseLong(at) > oldest && within(params, at)));
        var types = Json.list(params, "types");
        if (types.size() > MAX_TYPES) {
            throw ApiException.malformed(null, "You can list at most " + MAX_TYPES + " types.", "types");
        }
        if (!types.isEmpty()) {
            var wanted = types.valueStream().map(JsonNode::asString).toList();
            conditions.add(Condition.that("type", wanted::contains));
        }
        var related = Json.string(params, "object_id");
        if (related != null) {
            conditions.add(Condition.is("_related", related));
        }
        return conditions;
    }

    private static boolean within(ObjectNode params, String at) {
        long time = Long.parseLong(at);
        return time > Json.number(params, "created.gt", Long.MIN_VALUE)
                && time >= Json.number(params, "created.gte", Long.MIN_VALUE)
                && time < Json.number(params, "created.lt", Long.MAX_VALUE)
                && time <= Json.number(params, "created.lte", Long.MAX_VALUE);
    }
}
