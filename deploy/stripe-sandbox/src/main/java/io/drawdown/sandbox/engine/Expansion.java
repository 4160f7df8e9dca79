package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Schema;
import io.drawdown.sandbox.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces ids by objects along dotted paths, and adds the sub-lists that are only there when asked for. */
public final class Expansion {

    private static final int MAX_DEPTH = 4;

    private final ApiDescription api;
    private final java.util.Set<String> kinds;
    private final Map<String, BiFunction<Transaction, ObjectNode, JsonNode>> included = new HashMap<>();

    public Expansion(ApiDescription api, java.util.Set<String> kinds) {
        this.api = api;
        this.kinds = kinds;
    }

    /** Declares a field that is absent unless expanded: {@code invoice.payments}. */
    public Expansion including(String field, BiFunction<Transaction, ObjectNode, JsonNode> content) {
        included.put(field, content);
        return this;
    }

    void expand(Transaction tx, ObjectNode answer, JsonNode paths) {
        for (JsonNode path : paths) {
            var names = List.of(path.asString().split("\\.", -1));
            boolean list = Json.string(answer, "object") instanceof String object
                    && (object.equals("list") || object.equals("search_result"));
            if (names.stream().filter(name -> !name.equals("data")).count() > MAX_DEPTH) {
                throw ApiException.malformed(
                        null,
                        "You cannot expand more than " + MAX_DEPTH + " levels of a property. Property: "
                                + path.asString(),
                        "expand");
            }
            if (list) {
                expandList(tx, answer, names, path.asString());
            } else {
                expandIn(tx, answer, schemaOf(answer, null), names, path.asString());
            }
        }
    }

    private void expandList(Transaction tx, ObjectNode answer, List<String> names, String path) {
        if (names.size() < 2 || !names.getFirst().equals("data")) {
            throw unknown(path);
        }
        for (JsonNode item : Json.list(answer, "data")) {
            expandIn(tx, (ObjectNode) item, schemaOf(item, null), names.subList(1, names.size()), path);
        }
    }

    private Schema schemaOf(JsonNode node, @Nullable Schema declared) {
        var object = Json.string(node, "object");
        if (object != null && api.resources().containsKey(object)) {
            return api.resource(object);
        }
        if (declared == null) {
            throw new IllegalStateException("No schema for " + object);
        }
        return declared;
    }

    private void expandIn(Transaction tx, ObjectNode node, Schema schema, List<String> names, String path) {
        var name = names.getFirst();
        var property = schema.properties().get(name);
        if (property == null) {
            if (Json.flag(node, "deleted")) {
                return;
            }
            throw unknown(path);
        }
        boolean added = include(tx, node, name);
        if (!added && property.expands().isEmpty() && names.size() == 1 && !holdsIds(property)) {
            throw unknown(path);
        }
        var child = node.get(name);
        if (child != null && child.isString() && !property.expands().isEmpty()) {
            child = resolved(tx, property, child);
            node.set(name, child);
        } else if (child instanceof ArrayNode ids
                && property.items() != null
                && !property.items().expands().isEmpty()) {
            for (int i = 0; i < ids.size(); i++) {
                ids.set(i, resolved(tx, property.items(), ids.get(i)));
            }
        }
        if (names.size() > 1 && child != null) {
            descend(tx, child, property, names.subList(1, names.size()), path);
        }
    }

    private static boolean holdsIds(Schema property) {
        return property.items() != null && !property.items().expands().isEmpty();
    }

    private boolean include(Transaction tx, ObjectNode node, String name) {
        var content = included.get(Json.string(node, "object") + "." + name);
        if (content != null && !node.has(name)) {
            node.set(name, content.apply(tx, node));
        }
        return content != null;
    }

    private JsonNode resolved(Transaction tx, Schema property, JsonNode id) {
        for (String kind : property.expands()) {
            var found = kinds.contains(kind) && id.isString() ? tx.work().get(kind, id.asString()) : null;
            if (found != null) {
                return Rendering.served(found);
            }
        }
        return id;
    }

    private void descend(Transaction tx, JsonNode child, Schema property, List<String> names, String path) {
        if (child instanceof ArrayNode items) {
            for (JsonNode item : items) {
                descend(tx, item, property.items() == null ? property : property.items(), names, path);
            }
        } else if (child instanceof ObjectNode object) {
            var declared = property.ref() == null ? property.alternative("object") : api.resolve(property);
            expandIn(tx, object, schemaOf(object, declared), names, path);
        }
    }

    private static ApiException unknown(String path) {
        return ApiException.malformed(null, "This property cannot be expanded (" + path + ").", "expand");
    }
}
