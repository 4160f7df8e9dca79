package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.webhook.WebhookControl;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's own small API under {@code /_sandbox}, JSON both ways: trouble on demand, and webhooks by hand. */
public final class TroubleControl {

    private final Troubles troubles;
    private final WebhookControl webhooks;
    private final Map<String, Function<JsonNode, ObjectNode>> more;

    /** Takes more operations by method and path, each given the request's JSON. */
    public TroubleControl(
            Troubles troubles, WebhookControl webhooks, Map<String, Function<JsonNode, ObjectNode>> more) {
        this.troubles = troubles;
        this.webhooks = webhooks;
        this.more = Map.copyOf(more);
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
        var other = more.get(method + " " + path);
        if (other != null) {
            return other.apply(content(body));
        }
        var segments = List.of(path.substring(1).split("/", -1));
        return switch (method + " " + segments.get(segments.size() - 1) + " " + segments.size()) {
            case "GET troubles 2" -> troubleState();
            case "POST troubles 2" -> add(Json.parse(body));
            case "DELETE troubles 2" -> clear();
            case "GET webhooks 2" -> webhooks.troubles();
            case "POST webhooks 2" -> webhooks.change(Json.parse(body));
            case "DELETE webhooks 2" -> webhooks.calm();
            case "GET deliveries 2" -> webhooks.deliveries(null, null);
            default -> aboutOne(method, segments, body);
        };
    }

    private ObjectNode aboutOne(String method, List<String> segments, byte[] body) {
        var kind = segments.size() == 4 ? method + " " + segments.get(1) + " " + segments.get(3) : "";
        return switch (kind) {
            case "GET events deliveries" -> webhooks.deliveries(segments.get(2), null);
            case "POST events resend" -> webhooks.resend(segments.get(2), content(body));
            case "GET endpoints deliveries" -> webhooks.deliveries(null, segments.get(2));
            case "POST endpoints roll_secret" -> webhooks.rollSecret(segments.get(2), content(body));
            default ->
                throw ApiException.of(
                        404,
                        "invalid_request_error",
                        null,
                        "No " + method + " /" + String.join("/", segments)
                                + ": the README lists what is under /_sandbox.");
        };
    }

    private static JsonNode content(byte[] body) {
        return body.length == 0 ? Json.object() : Json.parse(body);
    }

    private ObjectNode add(JsonNode json) {
        troubles.add(Trouble.read(json), (int) Json.number(json, "count", 1));
        return troubleState();
    }

    private ObjectNode clear() {
        troubles.clear();
        return troubleState();
    }

    private ObjectNode troubleState() {
        var state = Json.object();
        var list = state.putArray("troubles");
        troubles.pending().forEach(pending -> list.add(pending.trouble().node().put("count", pending.left())));
        return state;
    }
}
