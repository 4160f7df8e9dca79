package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.api.Release;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.v2.ThinEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A webhook endpoint of v1 or an event destination of v2, as deliveries need it.
 *
 * @param formerSecret signs too until it ends, after a roll
 * @param formerUntil seconds of real time
 * @param connect whether it receives the events of connected accounts rather than the account's own
 * @param thin whether it receives notifications rather than snapshots
 * @param release in which it receives snapshots
 */
record Endpoint(
        String id,
        String url,
        String secret,
        @Nullable String formerSecret,
        long formerUntil,
        boolean enabled,
        boolean connect,
        boolean thin,
        List<String> events,
        Release release) {

    static Endpoint of(ObjectNode node) {
        return new Endpoint(
                Json.need(node, "id"),
                Json.need(node, node.has("webhook_endpoint") ? "webhook_endpoint.url" : "url"),
                Json.need(node, "_secret"),
                Json.string(node, "_former_secret"),
                Json.number(node, "_former_until", 0),
                "enabled".equals(Json.string(node, "status")),
                Json.flag(node, "_connect"),
                "thin".equals(Json.string(node, "event_payload")),
                Json.list(node, "enabled_events")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList(),
                release(Json.string(node, node.has("snapshot_api_version") ? "snapshot_api_version" : "api_version")));
    }

    private static Release release(@Nullable String version) {
        return version == null ? Release.newest() : Release.named(version).orElseThrow();
    }

    boolean wants(ObjectNode event) {
        return enabled && (isItsPing(event) || listens(event));
    }

    /** A ping is for the one destination that was pinged, whatever it listens to. */
    private boolean isItsPing(ObjectNode event) {
        return EventDestinations.PING.equals(Json.string(event, "type"))
                && id.equals(Json.string(event, "related_object.id"));
    }

    private boolean listens(ObjectNode event) {
        var type = Json.need(event, "type");
        return !type.equals(EventDestinations.PING)
                && thin == ThinEvents.TYPE.name().equals(Json.string(event, "object"))
                && connect == (Json.string(event, "account") != null)
                && (events.contains("*") || events.contains(type));
    }

    /** The secrets that sign, the newest first. */
    List<String> secrets(long nowSeconds) {
        var secrets = new ArrayList<>(List.of(secret));
        if (formerSecret != null && nowSeconds < formerUntil) {
            secrets.add(Objects.requireNonNull(formerSecret));
        }
        return secrets;
    }
}
