package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event on its way to one endpoint, as it is stored.
 *
 * @param lane deliveries of one lane keep their order
 * @param failures tries that failed so far
 * @param dueMillis real time of the next try
 */
record Delivery(String event, String endpoint, int lane, int failures, long dueMillis) {

    static final String KIND = "_delivery";

    private static final int LANES = 8;

    static Delivery of(ObjectNode event, Endpoint endpoint, long nowMillis) {
        return new Delivery(
                Json.need(event, "id"), endpoint.id(), laneOf(event.path("data").path("object")), 0, nowMillis);
    }

    private static int laneOf(JsonNode object) {
        var customer = Json.string(object, "customer");
        var id = customer == null ? Json.string(object, "id") : customer;
        return id == null ? 0 : Math.floorMod(id.hashCode(), LANES);
    }

    static Delivery read(ObjectNode node) {
        return new Delivery(
                Json.need(node, "event"),
                Json.need(node, "endpoint"),
                (int) Json.number(node, "lane", 0),
                (int) Json.number(node, "failures", 0),
                Json.number(node, "due", 0));
    }

    ObjectNode node() {
        return Json.object()
                .put("event", event)
                .put("endpoint", endpoint)
                .put("lane", lane)
                .put("failures", failures)
                .put("due", dueMillis);
    }

    String id() {
        return event + "/" + endpoint;
    }

    Delivery failedAgain(long nextMillis) {
        return new Delivery(event, endpoint, lane, failures + 1, nextMillis);
    }
}
