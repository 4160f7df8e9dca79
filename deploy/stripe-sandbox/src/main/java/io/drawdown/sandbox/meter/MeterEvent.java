package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * One usage event as it was sent.
 *
 * @param identifier unique among the events received in a day
 * @param payload texts by key
 * @param timestamp when the usage happened, seconds since the epoch
 * @param received when it was accepted, seconds since the epoch
 */
record MeterEvent(String identifier, String eventName, ObjectNode payload, long timestamp, long received) {

    static MeterEvent read(String identifier, ObjectNode node) {
        return new MeterEvent(
                identifier,
                Json.need(node, "event_name"),
                Json.child(node, "payload"),
                Json.number(node, "timestamp", 0),
                Json.number(node, "received", 0));
    }

    ObjectNode node() {
        var node = Json.object()
                .put("event_name", eventName)
                .put("timestamp", timestamp)
                .put("received", received);
        node.set("payload", payload);
        return node;
    }
}
