package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.ParameterCheck;
import io.drawdown.sandbox.api.Schema;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes parameters over into an object where both have a field of that name.
 *
 * <p>A parameter that is neither such a field nor handled by the operation is refused, so that nothing is silently
 * ignored.
 */
public final class Fields {

    /** Sub-objects that a change replaces; the fields of all others are changed one by one. */
    private static final Set<String> WHOLE = Set.of("address", "shipping", "shipping_details", "period");

    private final ApiDescription api;

    public Fields(ApiDescription api) {
        this.api = api;
    }

    /**
     * Changes the object.
     *
     * @param handled parameters that the operation itself sees to
     * @param refused parameters that the sandbox does not cover, though the object has such a field
     */
    public void take(Call call, ResourceType type, ObjectNode object, Set<String> handled, Set<String> refused) {
        var schema = api.resource(type.name());
        call.params().properties().forEach(param -> {
            var name = param.getKey();
            if (refused.contains(name)) {
                throw ApiException.notCovered(name, call.operation());
            }
            if (!name.equals("expand") && !handled.contains(name)) {
                take(call, schema, object, name, param.getValue());
            }
        });
        call.tx().template().complete(type.name(), object); // A sub-object may have been given in part.
    }

    private static void take(Call call, Schema schema, ObjectNode object, String name, JsonNode value) {
        var property = schema.properties().get(name);
        if (property == null) {
            throw ApiException.notCovered(name, call.operation());
        }
        if (name.equals("metadata")) {
            object.set(name, Metadata.merged(object.path(name), value));
        } else if (value.isNull()) {
            unset(property, object, name);
        } else if (value instanceof ObjectNode changes
                && object.get(name) instanceof ObjectNode old
                && !WHOLE.contains(name)) {
            old.setAll(changes);
        } else {
            object.set(name, value);
        }
    }

    private static void unset(Schema property, ObjectNode object, String name) {
        if (property.admits("array")) {
            object.set(name, Json.array());
        } else if (property.nullable()) {
            object.putNull(name);
        } else {
            throw ParameterCheck.emptyFault(name);
        }
    }
}
