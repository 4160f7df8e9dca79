package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Completes an object with what its schema requires: null where allowed, else the empty value of the type. */
public final class Template {

    private final ApiDescription api;

    public Template(ApiDescription api) {
        this.api = api;
    }

    /** Adds what the resource requires and the node lacks, at every depth. Changes the node. */
    public ObjectNode complete(String resource, ObjectNode node) {
        var schema = api.resource(resource);
        complete(schema, node);
        return inOrder(schema, node);
    }

    /** As the description lists them, which puts the id first; the sandbox's own fields last. */
    private static ObjectNode inOrder(Schema schema, ObjectNode node) {
        var unordered = new LinkedHashMap<String, JsonNode>();
        node.properties().forEach(property -> unordered.put(property.getKey(), property.getValue()));
        node.removeAll();
        schema.properties().keySet().stream()
                .filter(unordered::containsKey)
                .forEach(name -> node.set(name, unordered.get(name)));
        unordered.forEach(node::set);
        return node;
    }

    private void complete(Schema schema, ObjectNode node) {
        schema.properties().forEach((name, property) -> {
            if (!node.has(name) && schema.required().contains(name)) {
                node.set(name, empty(property));
            }
        });
        schema.properties().forEach((name, property) -> descend(property, node.path(name)));
    }

    private void descend(Schema schema, JsonNode node) {
        var shape = schema.alternative("object");
        if (shape != null && node instanceof ObjectNode object) {
            complete(shape, object);
        } else if (schema.items() != null) {
            var items = schema.items();
            node.valueStream().forEach(item -> descend(items, item));
        }
    }

    private JsonNode empty(Schema schema) {
        var nodes = JsonNodeFactory.instance;
        if (schema.nullable()) {
            return Json.none();
        }
        if (schema.type() == null) {
            return nodes.stringNode("");
        }
        return switch (schema.type()) {
            case "boolean" -> nodes.booleanNode(false);
            case "integer", "number" -> nodes.numberNode(0);
            case "array" -> Json.array();
            case "object" -> emptyObject(schema);
            default ->
                nodes.stringNode(
                        schema.values().size() == 1 ? schema.values().iterator().next() : "");
        };
    }

    private ObjectNode emptyObject(Schema schema) {
        var object = Json.object();
        complete(schema, object);
        return object;
    }
}
