package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** From the stored to the served form: the sandbox's own fields go, long sub-lists show their first page. */
public final class Rendering {

    private static final int FIRST_PAGE = 10;

    private Rendering() {}

    /** Changes and returns the node. */
    public static ObjectNode served(ObjectNode node) {
        withoutOwn(node);
        if (Json.at(node, "lines") instanceof ObjectNode lines && lines.get("data") instanceof ArrayNode data) {
            lines.put("has_more", data.size() > FIRST_PAGE);
            while (data.size() > FIRST_PAGE) {
                data.remove(data.size() - 1);
            }
            data.forEach(line -> withoutOwn((ObjectNode) line));
        }
        return node;
    }

    private static void withoutOwn(ObjectNode node) {
        node.propertyNames().stream()
                .filter(name -> name.startsWith("_"))
                .toList()
                .forEach(node::remove);
    }
}
