package io.drawdown.sandbox.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads, writes and walks JSON trees; a path is dotted, {@code recurring.meter}. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** JSON null. */
    public static JsonNode none() {
        return NullNode.getInstance();
    }

    /** The tree in a JSON text; throws Jackson's exception on bad syntax. */
    public static JsonNode parse(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** UTF-8, compact. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Compact text. */
    public static String text(JsonNode node) {
        return new String(bytes(node), StandardCharsets.UTF_8);
    }

    /** The node at a path, or null when it is absent or JSON null. */
    public static @Nullable JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        for (String name : path.split("\\.", -1)) {
            var child = node.get(name);
            if (child == null || child.isNull()) {
                return null;
            }
            node = child;
        }
        return node;
    }

    /** The scalar at a path as text, or null when absent, null or a container. */
    public static @Nullable String string(JsonNode root, String path) {
        var node = at(root, path);
        return node == null || node.isContainer() ? null : node.asString();
    }

    /** The scalar at a path as text; it is an error of the program when absent. */
    public static String need(JsonNode root, String path) {
        var value = string(root, path);
        if (value == null) {
            throw new IllegalStateException("No value at " + path + " in " + root);
        }
        return value;
    }

    /** The integer at a path, or the other value when absent. */
    public static long number(JsonNode root, String path, long otherwise) {
        var node = at(root, path);
        return node == null ? otherwise : node.asLong();
    }

    /** The boolean at a path; false when absent. */
    public static boolean flag(JsonNode root, String path) {
        var node = at(root, path);
        return node != null && node.asBoolean();
    }

    /** The object at a path; it is an error of the program when absent. */
    public static ObjectNode child(JsonNode root, String path) {
        if (at(root, path) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("No object at " + path + " in " + root);
    }

    /** The array at a path; empty when absent. */
    public static ArrayNode list(JsonNode root, String path) {
        return at(root, path) instanceof ArrayNode array ? array : array();
    }
}
