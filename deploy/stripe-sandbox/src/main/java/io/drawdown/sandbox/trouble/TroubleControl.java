package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.webhook.WebhookControl;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's own small API under {@code /_sandbox}, JSON both ways: trouble on demand, and webhooks by hand. */
public final class TroubleControl {

    private final Map<String, BiFunction<String, JsonNode, ObjectNode>> operations = new TreeMap<>();

    public TroubleControl(Troubles troubles, WebhookControl webhooks, SkewedClock clock) {
        on("GET /_sandbox/troubles", (_, _) -> troubles.state())
                .on("POST /_sandbox/troubles", (_, json) -> troubles.add(json))
                .on("DELETE /_sandbox/troubles", (_, _) -> troubles.clear())
                .on("GET /_sandbox/clock", (_, _) -> clock.state())
                .on("POST /_sandbox/clock", (_, json) -> clock.set(json))
                .on("DELETE /_sandbox/clock", (_, _) -> clock.set(Json.object()))
                .on("GET /_sandbox/webhooks", (_, _) -> webhooks.troubles())
                .on("POST /_sandbox/webhooks", (_, json) -> webhooks.change(json))
                .on("DELETE /_sandbox/webhooks", (_, _) -> webhooks.calm())
                .on("GET /_sandbox/deliveries", (_, _) -> webhooks.deliveries(null, null))
                .on("GET /_sandbox/events/{id}/deliveries", (id, _) -> webhooks.deliveries(id, null))
                .on("POST /_sandbox/events/{id}/resend", webhooks::resend)
                .on("GET /_sandbox/endpoints/{id}/deliveries", (id, _) -> webhooks.deliveries(null, id))
                .on("POST /_sandbox/endpoints/{id}/roll_secret", webhooks::rollSecret);
    }

    /** Adds an operation, about the id in its path when it has one. */
    public TroubleControl on(String operation, BiFunction<String, JsonNode, ObjectNode> what) {
        operations.put(operation, what);
        return this;
    }

    /** Answers a request under {@code /_sandbox}; faults of the caller are a 400. */
    public Reply process(String method, String path, byte[] body) {
        try {
            return new Reply(200, Json.bytes(dispatch(method, path, body)), false);
        } catch (JacksonException | IllegalArgumentException e) {
            return Reply.of(ApiException.malformed(null, "Invalid sandbox request: " + e.getMessage(), null));
        } catch (ApiException refusal) {
            return Reply.of(refusal);
        }
    }

    private ObjectNode dispatch(String method, String path, byte[] body) {
        var segments = path.split("/", -1);
        boolean aboutOne = segments.length == 5;
        var template = aboutOne ? "/_sandbox/" + segments[2] + "/{id}/" + segments[4] : path;
        var operation = operations.get(method + " " + template);
        if (operation == null) {
            throw ApiException.of(
                    404,
                    "invalid_request_error",
                    null,
                    "No " + method + " " + path + "; there are " + String.join(", ", operations.keySet()) + ".");
        }
        return operation.apply(aboutOne ? segments[3] : "", content(body));
    }

    private static JsonNode content(byte[] body) {
        return body.length == 0 ? Json.object() : Json.parse(body);
    }
}
