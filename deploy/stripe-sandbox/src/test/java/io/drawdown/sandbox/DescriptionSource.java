package io.drawdown.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Derives {@code description.json} from the contract's OpenAPI description. */
final class DescriptionSource {

    private static final List<String> COPIED = List.of("type", "nullable", "format", "maxLength", "required", "enum");

    private DescriptionSource() {}

    static ObjectNode derive(JsonNode specification) {
        var description = JsonNodeFactory.instance.objectNode();
        description.put("apiVersion", specification.path("info").path("version").asString());
        var operations = description.putObject("operations");
        specification
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    operations.set(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                            parameters(operation.getValue()));
                }));
        var resources = description.putObject("resources");
        specification.path("components").path("schemas").properties().forEach(schema -> {
            if (!List.of("error", "api_errors").contains(schema.getKey())) {
                resources.set(schema.getKey(), slim(schema.getValue()));
            }
        });
        return description;
    }

    private static ObjectNode parameters(JsonNode operation) {
        var content = operation.path("requestBody").path("content");
        var schema = content.isEmpty()
                ? JsonNodeFactory.instance.objectNode().put("type", "object").put("closed", true)
                : slim(content.iterator().next().path("schema"));
        var properties =
                schema.has("properties") ? (ObjectNode) schema.get("properties") : schema.putObject("properties");
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString().equals("query")) {
                properties.set(parameter.path("name").asString(), slim(parameter.path("schema")));
                if (parameter.path("required").asBoolean(false)) {
                    ((ArrayNode) schema.withArray("required"))
                            .add(parameter.path("name").asString());
                }
            }
        }
        if (pagesByUrl(operation)) {
            properties.putObject("page").put("type", "string");
        }
        return schema;
    }

    /** v2 lists take a parameter that only the URLs of their pages carry, so no description lists it. */
    private static boolean pagesByUrl(JsonNode operation) {
        return operation
                .at("/responses/200/content/application~1json/schema/properties")
                .has("next_page_url");
    }

    private static ObjectNode slim(JsonNode schema) {
        var slim = JsonNodeFactory.instance.objectNode();
        if (schema.has("$ref")) {
            slim.put("ref", lastSegment(schema.path("$ref")));
        }
        for (String keyword : COPIED) {
            var value = schema.path(keyword);
            if (!value.isMissingNode()
                    && !value.equals(JsonNodeFactory.instance.booleanNode(false))
                    && !(value.isArray() && value.isEmpty())) {
                slim.set(keyword, value);
            }
        }
        if (schema.has("properties")) {
            var properties = slim.putObject("properties");
            schema.path("properties").properties().forEach(p -> properties.set(p.getKey(), slim(p.getValue())));
        }
        if (schema.path("items").isObject()) {
            slim.set("items", slim(schema.path("items")));
        }
        var additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            slim.set("additional", slim(additional));
        } else if (additional.isBoolean() && !additional.asBoolean()) {
            slim.put("closed", true);
        }
        if (schema.has("anyOf")) {
            var alternatives = slim.putArray("anyOf");
            schema.path("anyOf").forEach(alternative -> alternatives.add(slim(alternative)));
        }
        if (schema.has("x-expansionResources")) {
            var expands = slim.putArray("expands");
            schema.path("x-expansionResources")
                    .path("oneOf")
                    .forEach(resource -> expands.add(
                            resource.has("$ref")
                                    ? lastSegment(resource.path("$ref"))
                                    : resource.path("x-trimmedResource").asString()));
        }
        return slim;
    }

    private static String lastSegment(JsonNode reference) {
        return reference.asString().replaceFirst(".*/", "");
    }

    /** One operation or resource a line, so that a change shows where it is. */
    static String print(ObjectNode description) {
        var text = new StringBuilder("{\"apiVersion\":" + description.path("apiVersion"));
        for (String part : List.of("operations", "resources")) {
            text.append(",\n\"").append(part).append("\":{\n");
            var lines = description
                    .path(part)
                    .propertyStream()
                    .map(entry ->
                            "\"" + entry.getKey() + "\":" + JsonMapper.shared().writeValueAsString(entry.getValue()))
                    .toList();
            text.append(String.join(",\n", lines)).append("\n}");
        }
        return text.append("}\n").toString();
    }
}
