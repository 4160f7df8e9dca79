package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One node of the description.
 *
 * @param ref name of the resource meant, when this is only a reference
 * @param type JSON type, when there is one
 * @param required names that must be present
 * @param values permitted values; empty means any
 * @param additional what unlisted properties are, when they are permitted and described
 * @param closed whether unlisted properties are refused
 * @param expands the resources an id here can be expanded to; empty when it cannot
 */
public record Schema(
        @Nullable String ref,
        @Nullable String type,
        @Nullable String format,
        boolean nullable,
        int maxLength,
        Map<String, Schema> properties,
        Set<String> required,
        Set<String> values,
        @Nullable Schema items,
        @Nullable Schema additional,
        boolean closed,
        List<Schema> anyOf,
        List<String> expands) {

    static Schema read(JsonNode node) {
        return new Schema(
                Json.string(node, "ref"),
                Json.string(node, "type"),
                Json.string(node, "format"),
                Json.flag(node, "nullable"),
                (int) Json.number(node, "maxLength", Integer.MAX_VALUE),
                readProperties(node.path("properties")),
                Set.copyOf(texts(node.path("required"))),
                new TreeSet<>(texts(node.path("enum"))),
                node.has("items") ? read(node.path("items")) : null,
                node.has("additional") ? read(node.path("additional")) : null,
                Json.flag(node, "closed"),
                node.path("anyOf").valueStream().map(Schema::read).toList(),
                texts(node.path("expands")));
    }

    private static Map<String, Schema> readProperties(JsonNode node) {
        var properties = new LinkedHashMap<String, Schema>();
        node.properties().forEach(property -> properties.put(property.getKey(), read(property.getValue())));
        return properties;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    /** Whether values of this schema have the type, looking into alternatives. */
    public boolean admits(String wanted) {
        return wanted.equals(type) || anyOf.stream().anyMatch(alternative -> alternative.admits(wanted));
    }

    /** The alternative with that type, or this itself when it has no alternatives. */
    public @Nullable Schema alternative(String wanted) {
        if (wanted.equals(type)) {
            return this;
        }
        return anyOf.stream()
                .map(schema -> schema.alternative(wanted))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether an empty string is how this is unset. */
    boolean unsettable() {
        return nullable || values.contains("") || anyOf.stream().anyMatch(Schema::unsettable);
    }
}
