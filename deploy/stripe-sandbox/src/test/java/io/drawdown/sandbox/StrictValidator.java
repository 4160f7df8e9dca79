package io.drawdown.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Validates against OpenAPI 3.0 schemas of the contract, and also refuses properties that no schema lists. */
final class StrictValidator {

    private final JsonNode schemas;

    StrictValidator(JsonNode specification) {
        this.schemas = specification.path("components").path("schemas");
    }

    JsonNode schema(String name) {
        return schemas.path(name);
    }

    boolean knows(String name) {
        return schemas.has(name);
    }

    /** What is wrong, each with its place; empty when nothing is. */
    List<String> faults(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asString().replaceFirst(".*/", "");
            return faults(schemas.path(name), value, at);
        }
        if (value.isNull()) {
            return schema.path("nullable").asBoolean(false) ? List.of() : List.of(at + " is null");
        }
        if (schema.has("anyOf")) {
            return anyOf(schema, value, at);
        }
        var faults = new ArrayList<String>();
        type(schema, value, at, faults);
        enumeration(schema, value, at, faults);
        if (value.isObject()) {
            object(schema, value, at, faults);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                faults.addAll(faults(schema.path("items"), value.get(i), at + "[" + i + "]"));
            }
        }
        return faults;
    }

    private List<String> anyOf(JsonNode schema, JsonNode value, String at) {
        List<String> best = List.of(at + " matches no alternative");
        for (JsonNode alternative : schema.path("anyOf")) {
            var faults = faults(alternative, value, at);
            if (faults.isEmpty()) {
                return faults;
            }
            best = value.isObject() ? faults : best;
        }
        return best;
    }

    private static void type(JsonNode schema, JsonNode value, String at, List<String> faults) {
        boolean fits = switch (schema.path("type").asString("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
        if (!fits) {
            faults.add(at + " is no " + schema.path("type").asString() + ": " + value);
        }
    }

    private static void enumeration(JsonNode schema, JsonNode value, String at, List<String> faults) {
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            faults.add(at + " is not listed: " + value);
        }
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> faults) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                faults.add(at + "." + name.asString() + " is missing");
            }
        }
        var properties = schema.path("properties");
        var trimmed = Set.copyOf(schema.path("x-trimmedProperties")
                .valueStream()
                .map(JsonNode::asString)
                .toList());
        value.properties().forEach(property -> {
            var name = property.getKey();
            if (properties.has(name)) {
                faults.addAll(faults(properties.path(name), property.getValue(), at + "." + name));
            } else if (schema.path("additionalProperties").isObject()) {
                faults.addAll(faults(schema.path("additionalProperties"), property.getValue(), at + "." + name));
            } else if (properties.size() > 0 && !trimmed.contains(name) && !schema.has("x-trimmedResource")) {
                faults.add(at + "." + name + " is in no schema");
            }
        });
    }
}
