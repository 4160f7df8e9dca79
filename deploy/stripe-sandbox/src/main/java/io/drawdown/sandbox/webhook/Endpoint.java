package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint as deliveries need it. */
record Endpoint(String id, String url, String secret, boolean enabled, List<String> events) {

    static Endpoint of(ObjectNode node) {
        return new Endpoint(
                Json.need(node, "id"),
                Json.need(node, "url"),
                Json.need(node, "_secret"),
                "enabled".equals(Json.string(node, "status")),
                Json.list(node, "enabled_events")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    boolean wants(String type) {
        return enabled && (events.contains("*") || events.contains(type));
    }
}
