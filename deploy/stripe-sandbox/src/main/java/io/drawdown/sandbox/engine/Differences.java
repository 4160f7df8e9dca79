package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import java.util.Comparator;
import java.util.LinkedHashSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code previous_attributes} says: the old values of what changed; a changed array appears whole. */
final class Differences {

    /** A tree in the making may hold the same number in another type. */
    private static final Comparator<JsonNode> AS_WRITTEN = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private Differences() {}

    /** Empty when nothing changed; an attribute that was absent has the old value null. */
    static ObjectNode between(ObjectNode before, ObjectNode after) {
        var changed = Json.object();
        var names = new LinkedHashSet<String>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            var was = before.has(name) ? before.get(name) : Json.none();
            var is = after.has(name) ? after.get(name) : Json.none();
            if (!was.equals(AS_WRITTEN, is)) {
                changed.set(name, old(was, is));
            }
        }
        return changed;
    }

    private static JsonNode old(JsonNode was, JsonNode is) {
        return was instanceof ObjectNode before && is instanceof ObjectNode after ? between(before, after) : was;
    }
}
