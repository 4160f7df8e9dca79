package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One try of a delivery.
 *
 * @param atMillis real time
 * @param status of the HTTP answer; 0 when there was none
 * @param error why there was none
 */
record Attempt(long atMillis, int status, @Nullable String error) {

    static Attempt read(JsonNode node) {
        return new Attempt(
                Json.number(node, "at", 0), (int) Json.number(node, "status", 0), Json.string(node, "error"));
    }

    ObjectNode node() {
        return Json.object().put("at", atMillis).put("status", status).put("error", error);
    }

    boolean succeeded() {
        return status / 100 == 2;
    }
}
