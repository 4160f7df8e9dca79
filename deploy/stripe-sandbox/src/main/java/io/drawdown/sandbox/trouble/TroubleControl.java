package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.webhook.Deliveries;
import io.drawdown.sandbox.webhook.WebhookTroubles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's own small API: {@code /_sandbox/troubles} and {@code /_sandbox/webhooks}, JSON both ways. */
public final class TroubleControl {

    private final Troubles troubles;
    private final WebhookTroubles webhooks;
    private final Deliveries deliveries;

    public TroubleControl(Troubles troubles, WebhookTroubles webhooks, Deliveries deliveries) {
        this.troubles = troubles;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /** Answers a request under {@code /_sandbox}; faults of the caller are a 400. */
    public Reply process(String method, String path, byte[] body) {
        try {
            return new Reply(200, Json.bytes(dispatch(method + " " + path, body)), false);
        } catch (JacksonException | IllegalArgumentException e) {
            return Reply.of(ApiException.malformed(null, "Invalid sandbox request: " + e.getMessage(), null));
        } catch (ApiException refusal) {
            return Reply.of(refusal);
        }
    }

    private ObjectNode dispatch(String operation, byte[] body) {
        switch (operation) {
            case "POST /_sandbox/troubles" -> add(Json.parse(body));
            case "DELETE /_sandbox/troubles" -> troubles.clear();
            case "POST /_sandbox/webhooks" -> steer(Json.parse(body));
            case "DELETE /_sandbox/webhooks" -> calm();
            case "GET /_sandbox/troubles", "GET /_sandbox/webhooks" -> {}
            default ->
                throw ApiException.of(
                        404,
                        "invalid_request_error",
                        null,
                        "No " + operation
                                + ": there are GET, POST and DELETE of /_sandbox/troubles and /_sandbox/webhooks.");
        }
        return operation.endsWith("webhooks") ? webhookState() : troubleState();
    }

    private void add(JsonNode json) {
        troubles.add(Trouble.read(json), (int) Json.number(json, "count", 1));
    }

    private void steer(JsonNode json) {
        if (json.has("drop")) {
            webhooks.dropNext((int) Json.number(json, "drop", 0));
        }
        if (json.has("duplicate")) {
            webhooks.duplicateNext((int) Json.number(json, "duplicate", 0));
        }
        if (json.has("shuffle")) {
            webhooks.shuffle(Json.flag(json, "shuffle"));
        }
        if (json.has("hold")) {
            webhooks.hold(Json.flag(json, "hold"));
            releaseUnlessHeld();
        }
    }

    private void calm() {
        webhooks.dropNext(0);
        webhooks.duplicateNext(0);
        webhooks.shuffle(false);
        webhooks.hold(false);
        releaseUnlessHeld();
    }

    private void releaseUnlessHeld() {
        if (!webhooks.isHeld()) {
            deliveries.release();
        }
    }

    private ObjectNode webhookState() {
        return Json.object()
                .put("drop", webhooks.drops())
                .put("duplicate", webhooks.duplicates())
                .put("hold", webhooks.isHeld())
                .put("shuffle", webhooks.isShuffled());
    }

    private ObjectNode troubleState() {
        var state = Json.object();
        var list = state.putArray("troubles");
        troubles.pending().forEach(pending -> list.add(pending.trouble().node().put("count", pending.left())));
        return state;
    }
}
