package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.ParameterCheck;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One usage event as it was sent.
 *
 * @param identifier unique among the events received in a day
 * @param payload texts by key
 * @param timestamp when the usage happened, seconds since the epoch
 * @param received when it was accepted, seconds since the epoch of the sandbox's own time
 */
record MeterEvent(String identifier, String eventName, ObjectNode payload, long timestamp, long received) {

    private static final int MAX_IDENTIFIER = 100;

    /**
     * The event that parameters describe.
     *
     * @param timestamp null for now, on the customer's test clock if he has one
     */
    static MeterEvent of(Transaction tx, JsonNode params, @Nullable Long timestamp) {
        var name = filled(params, "event_name");
        var payload = Json.child(params, "payload");
        return new MeterEvent(
                identifierIn(params),
                name,
                payload,
                timestamp == null ? MeterRules.timeOf(tx, name, payload) : timestamp,
                tx.moment().outside());
    }

    private static String identifierIn(JsonNode params) {
        if (!params.has("identifier")) {
            return UUID.randomUUID().toString();
        }
        var identifier = filled(params, "identifier");
        if (identifier.length() > MAX_IDENTIFIER) {
            throw ApiException.malformed(
                    null, "Invalid string: identifier has at most " + MAX_IDENTIFIER + " characters.", "identifier");
        }
        return identifier;
    }

    private static String filled(JsonNode params, String name) {
        var value = Json.string(params, name);
        if (value == null || value.isEmpty()) {
            throw ParameterCheck.emptyFault(name);
        }
        return value;
    }

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
