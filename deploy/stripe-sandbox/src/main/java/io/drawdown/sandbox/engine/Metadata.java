package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Metadata: at most 50 keys of 40 characters, values of 500; changes merge, an empty value removes its key. */
public final class Metadata {

    private static final int MAX_KEYS = 50;
    private static final int MAX_KEY = 40;
    private static final int MAX_VALUE = 500;

    private Metadata() {}

    /** The old metadata with the changes; JSON null clears it. */
    public static ObjectNode merged(JsonNode old, JsonNode changes) {
        var merged = old instanceof ObjectNode object && !changes.isNull() ? object.deepCopy() : Json.object();
        changes.properties().forEach(change -> merge(merged, change.getKey(), change.getValue()));
        if (merged.size() > MAX_KEYS) {
            throw invalid("You can have at most " + MAX_KEYS + " metadata keys; you would have " + merged.size() + ".");
        }
        return merged;
    }

    private static void merge(ObjectNode merged, String key, JsonNode value) {
        if (value.isNull()) {
            merged.remove(key);
            return;
        }
        if (key.length() > MAX_KEY || value.asString().length() > MAX_VALUE) {
            throw invalid("Metadata keys have at most " + MAX_KEY + " characters and values " + MAX_VALUE + ": " + key);
        }
        merged.put(key, value.asString());
    }

    private static ApiException invalid(String message) {
        return ApiException.malformed(null, message, "metadata");
    }
}
