package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event on its way to one endpoint, as it is stored.
 *
 * @param type of the event
 * @param lane deliveries of one lane keep their order
 * @param attempts all so far, the oldest first
 * @param dueMillis real time of the next try
 */
record Delivery(String event, String type, String endpoint, int lane, List<Attempt> attempts, long dueMillis) {

    private static final int LANES = 8;

    static Delivery of(ObjectNode event, Endpoint endpoint, long nowMillis) {
        return new Delivery(
                Json.need(event, "id"),
                Json.need(event, "type"),
                endpoint.id(),
                laneOf(event.path("data").path("object")),
                List.of(),
                nowMillis);
    }

    private static int laneOf(JsonNode object) {
        var customer = Json.string(object, "customer");
        var id = customer == null ? Json.string(object, "id") : customer;
        return id == null ? 0 : Math.floorMod(id.hashCode(), LANES);
    }

    static Delivery read(ObjectNode node) {
        return new Delivery(
                Json.need(node, "event"),
                Json.need(node, "type"),
                Json.need(node, "endpoint"),
                (int) Json.number(node, "lane", 0),
                Json.list(node, "attempts").valueStream().map(Attempt::read).toList(),
                Json.number(node, "due", 0));
    }

    ObjectNode node() {
        var node = Json.object()
                .put("event", event)
                .put("type", type)
                .put("endpoint", endpoint)
                .put("lane", lane)
                .put("due", dueMillis);
        var list = node.putArray("attempts");
        attempts.forEach(attempt -> list.add(attempt.node()));
        return node;
    }

    String id() {
        return event + "/" + endpoint;
    }

    Delivery tried(Attempt attempt) {
        var more = new ArrayList<>(attempts);
        more.add(attempt);
        return new Delivery(event, type, endpoint, lane, List.copyOf(more), dueMillis);
    }

    Delivery dueAt(long nextMillis) {
        return new Delivery(event, type, endpoint, lane, attempts, nextMillis);
    }
}
