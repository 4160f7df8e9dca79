package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Deliveries as they are stored: those on their way, and the last thousands that have come to an end. */
final class DeliveryLog {

    /** How a delivery ended. */
    enum End {
        SUCCEEDED,
        /** No try succeeded. */
        FAILED,
        /** The endpoint was disabled or deleted, or the sandbox was told to lose it. */
        DROPPED
    }

    private static final String WAITING = "_delivery";
    private static final String ENDED = "_delivery_ended";
    private static final int MAX_ENDED = 5_000;

    private DeliveryLog() {}

    static Map<String, List<String>> kinds() {
        return Map.of(WAITING, List.of("event", "endpoint"), ENDED, List.of("event", "endpoint"));
    }

    static void put(Work work, Delivery delivery) {
        work.put(WAITING, delivery.id(), delivery.node());
    }

    static @Nullable Delivery find(Work work, String id) {
        var node = work.get(WAITING, id);
        return node == null ? null : Delivery.read(node);
    }

    /** All on their way, the oldest first. */
    static List<Delivery> waiting(Work work) {
        return work.oldestFirst(WAITING, List.of(), Integer.MAX_VALUE).stream()
                .map(Delivery::read)
                .toList();
    }

    static void end(Work work, Delivery delivery, End end) {
        work.remove(WAITING, delivery.id());
        work.remove(ENDED, delivery.id()); // An earlier one of the same event: this is newer.
        work.put(ENDED, delivery.id(), delivery.node().put("end", end.name().toLowerCase(java.util.Locale.ROOT)));
        if (work.size(ENDED) > MAX_ENDED) {
            var oldest = Delivery.read(work.oldestFirst(ENDED, List.of(), 1).getFirst());
            work.remove(ENDED, oldest.id());
        }
        if (end == End.SUCCEEDED) {
            countPending(work, delivery.event(), -1);
        }
    }

    /** Events of v2 do not say how many deliveries they wait for. */
    static void countPending(Work work, String eventId, int change) {
        var home = work.holding(EventLog.TYPE.name(), eventId);
        var event = home == null ? null : home.get(EventLog.TYPE.name(), eventId);
        if (home != null && event != null) {
            event.put("pending_webhooks", Math.max(0, Json.number(event, "pending_webhooks", 0) + change));
            home.put(EventLog.TYPE.name(), eventId, event);
        }
    }

    /** As the control API shows them: those on their way, then the ended ones, each the newest first. */
    static List<ObjectNode> list(Work work, List<Condition> conditions, int limit) {
        return Stream.concat(
                        work.newestFirst(WAITING, conditions, limit, null).stream()
                                .map(node -> shown(node, "pending", Json.number(node, "due", 0))),
                        work.newestFirst(ENDED, conditions, limit, null).stream()
                                .map(node -> shown(node, Json.need(node, "end"), null)))
                .limit(limit)
                .toList();
    }

    private static ObjectNode shown(ObjectNode delivery, String state, @Nullable Long nextAttempt) {
        var shown = Json.object()
                .put("event", Json.need(delivery, "event"))
                .put("type", Json.need(delivery, "type"))
                .put("endpoint", Json.need(delivery, "endpoint"))
                .put("state", state)
                .put("next_attempt_at", nextAttempt);
        shown.set("attempts", delivery.path("attempts"));
        return shown;
    }
}
