package io.drawdown.sandbox.search;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One condition of a query.
 *
 * @param field path of the field, or the metadata key
 * @param value null where the query says {@code null}: the field has no value
 */
record Clause(
        boolean negated,
        String field,
        boolean metadata,
        String operator,
        @Nullable String value) implements Predicate<ObjectNode> {

    @Override
    public boolean test(ObjectNode object) {
        return negated != holds(metadata ? object.path("metadata").get(field) : Json.at(object, field));
    }

    private boolean holds(@Nullable JsonNode found) {
        if (value == null) {
            return found == null || found.isNull();
        }
        if (found == null || found.isContainer()) {
            return false;
        }
        var text = found.asString();
        return switch (operator) {
            case ":" -> metadata ? text.equals(value) : text.equalsIgnoreCase(value);
            case "~" -> text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
            default -> compares(new BigDecimal(text).compareTo(new BigDecimal(value)));
        };
    }

    private boolean compares(int order) {
        return switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }
}
