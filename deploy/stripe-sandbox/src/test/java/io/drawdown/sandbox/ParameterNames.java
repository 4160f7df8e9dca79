package io.drawdown.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The names that an operation of the contract takes.
 *
 * @param operation as the OpenAPI description has it
 */
record ParameterNames(JsonNode operation) {

    /** Which of these the operation does not take, at any depth. */
    List<String> unknown(JsonNode parameters) {
        var unknown = new ArrayList<String>();
        parameters.properties().forEach(parameter -> {
            var schemas = named(parameter.getKey());
            if (schemas.isEmpty()) {
                unknown.add(parameter.getKey());
            } else {
                schemas.forEach(schema -> nested(schema, parameter.getValue(), parameter.getKey(), unknown));
            }
        });
        return unknown;
    }

    private List<JsonNode> named(String name) {
        var found = new ArrayList<JsonNode>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("name").asString().equals(name)) {
                found.add(parameter.path("schema"));
            }
        }
        for (JsonNode content : operation.path("requestBody").path("content")) {
            if (content.path("schema").path("properties").has(name)) {
                found.add(content.path("schema").path("properties").path(name));
            }
        }
        return isPage(name) ? List.of(operation) : found;
    }

    /** Only the URLs of v2's pages carry it, so no description lists it. */
    private boolean isPage(String name) {
        return name.equals("page")
                && operation
                        .at("/responses/200/content/application~1json/schema/properties")
                        .has("next_page_url");
    }

    private static void nested(JsonNode schema, JsonNode value, String at, List<String> unknown) {
        if (schema.has("anyOf")) {
            var tries = StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                    .map(alternative -> tried(alternative, value, at))
                    .toList();
            if (tries.stream().noneMatch(List::isEmpty)) {
                unknown.addAll(tries.getFirst());
            }
        } else {
            unknown.addAll(tried(schema, value, at));
        }
    }

    private static List<String> tried(JsonNode schema, JsonNode value, String at) {
        var unknown = new ArrayList<String>();
        value.properties().forEach(property -> {
            var name = at + "[" + property.getKey() + "]";
            var inner = schema.has("items")
                    ? schema.path("items")
                    : schema.path("properties").path(property.getKey());
            if (!inner.isMissingNode()) {
                nested(inner, property.getValue(), name, unknown);
            } else if (schema.path("additionalProperties").isMissingNode()
                    || schema.path("additionalProperties").isBoolean()
                            && !schema.path("additionalProperties").asBoolean()) {
                unknown.add(name);
            }
        });
        value.valueStream()
                .filter(_ -> value.isArray())
                .forEach(item -> nested(schema.path("items"), item, at + "[]", unknown));
        return unknown;
    }
}
