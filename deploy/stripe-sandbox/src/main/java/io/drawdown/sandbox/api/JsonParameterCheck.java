package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds a JSON body against an operation's schema, as v2 of the API does: unlike a form's, its values have types, and
 * none is taken for another. JSON null unsets what is optional.
 */
public final class JsonParameterCheck {

    private JsonParameterCheck() {}

    /** The body's parameters; an empty body has none. */
    public static ObjectNode check(Schema schema, String body) {
        JsonNode json;
        try {
            json = Json.parse(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw ApiException.malformed(null, "Invalid JSON in the request: " + e.getOriginalMessage(), null);
        }
        if (!(json instanceof ObjectNode object)) {
            throw ApiException.malformed(null, "Invalid request: the body must be a JSON object.", null);
        }
        checkObject(schema, object, "");
        return object;
    }

    private static void checkObject(Schema schema, ObjectNode object, String at) {
        object.properties().forEach(entry -> {
            var path = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
            var property = schema.properties().getOrDefault(entry.getKey(), schema.additional());
            if (property == null) {
                throw ApiException.malformed("parameter_unknown", "Received unknown parameter: " + path, path);
            }
            boolean required = schema.required().contains(entry.getKey());
            if (required || !entry.getValue().isNull()) {
                checkValue(property, entry.getValue(), path);
            }
        });
        for (String name : schema.required()) {
            if (!object.has(name)) {
                throw ApiException.missing(at.isEmpty() ? name : at + "." + name);
            }
        }
    }

    private static void checkValue(Schema schema, JsonNode value, String path) {
        switch (value) {
            case ObjectNode object -> checkObject(alternative(schema, "object", path), object, path);
            case ArrayNode array -> checkArray(alternative(schema, "array", path), array, path);
            default -> checkScalar(schema, value, path);
        }
    }

    private static void checkArray(Schema schema, ArrayNode array, String path) {
        for (int i = 0; i < array.size(); i++) {
            if (schema.items() != null) {
                checkValue(schema.items(), array.get(i), path + "[" + i + "]");
            }
        }
    }

    private static void checkScalar(Schema schema, JsonNode value, String path) {
        var type = value.isString()
                ? "string"
                : value.isBoolean()
                        ? "boolean"
                        : value.isIntegralNumber() ? "integer" : value.isNumber() ? "number" : "null";
        var wanted = alternative(schema, type, path);
        if (type.equals("string")) {
            checkText(wanted, value.asString(), path);
        }
    }

    private static void checkText(Schema schema, String text, String path) {
        ParameterCheck.string(schema, text, path);
        if ("date-time".equals(schema.format())) {
            try {
                OffsetDateTime.parse(text);
            } catch (DateTimeException e) {
                throw ApiException.malformed(
                        null, "Invalid timestamp: " + path + " must be an RFC 3339 time; got " + text, path);
            }
        }
    }

    private static Schema alternative(Schema schema, String type, String path) {
        var found = schema.alternative(type);
        if (found == null && type.equals("integer")) {
            found = schema.alternative("number");
        }
        if (found == null) {
            var wanted = schema.type() == null ? "another type" : schema.type();
            throw ApiException.malformed(null, "Invalid " + path + ": must be " + wanted + ", not " + type + ".", path);
        }
        return found;
    }
}
