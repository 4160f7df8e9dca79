package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every operation's parameters and every resource's shape, for one version of the API.
 *
 * @param apiVersion for example {@code 2026-07-29.dahlia}
 * @param operations by method and path template: {@code POST /v1/customers}
 * @param resources by object name: {@code billing.meter}
 */
public record ApiDescription(String apiVersion, Map<String, Schema> operations, Map<String, Schema> resources) {

    /** Read once, when it is first asked for: each sandbox of a process works by the same one. */
    private static final class OfThisProgram {

        private static final ApiDescription DESCRIPTION = read();
    }

    /** The description that is part of this program. */
    public static ApiDescription load() {
        return OfThisProgram.DESCRIPTION;
    }

    private static ApiDescription read() {
        try (var in = ApiDescription.class.getResourceAsStream("description.json")) {
            if (in == null) {
                throw new IllegalStateException("description.json is missing from the sandbox's jar: rebuild it");
            }
            var root = Json.parse(in.readAllBytes());
            return new ApiDescription(
                    Json.need(root, "apiVersion"), schemas(root.path("operations")), schemas(root.path("resources")));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's own description.json cannot be read: rebuild the jar", e);
        }
    }

    private static Map<String, Schema> schemas(JsonNode node) {
        var schemas = new LinkedHashMap<String, Schema>();
        node.properties().forEach(entry -> schemas.put(entry.getKey(), Schema.read(entry.getValue())));
        return Collections.unmodifiableMap(schemas);
    }

    /** The shape of a resource; an error of the program when there is none of that name. */
    public Schema resource(String name) {
        var schema = resources.get(name);
        if (schema == null) {
            throw new IllegalArgumentException("The description has no resource " + name);
        }
        return schema;
    }

    /** The parameters of an operation, or null when the API has no such operation. */
    public @Nullable Schema parameters(String method, String template) {
        return operations.get(method + " " + template);
    }

    /** The values that a list parameter of an operation may hold. */
    public Set<String> listed(String operation, String parameter) {
        var schema = operations.get(operation);
        var list = schema == null ? null : schema.properties().get(parameter);
        if (list == null || list.items() == null) {
            throw new IllegalArgumentException("The description has no list " + parameter + " of " + operation);
        }
        return list.items().values();
    }

    /** What a reference stands for; the schema itself when it is none. */
    public Schema resolve(Schema schema) {
        return schema.ref() == null ? schema : resource(schema.ref());
    }
}
