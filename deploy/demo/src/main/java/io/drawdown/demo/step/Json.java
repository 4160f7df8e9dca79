package io.drawdown.demo.step;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Reads fields that must be there. */
final class Json {

    private Json() {}

    static String text(JsonNode node, String field) {
        return required(node, field).asString();
    }

    /** An exact decimal, whether it stands as a number, as a string, or as the amount of a sum of money. */
    static BigDecimal decimal(JsonNode node, String field) {
        var value = required(node, field);
        return new BigDecimal(value.isObject() ? required(value, "amount").asString() : value.asString());
    }

    private static JsonNode required(JsonNode node, String field) {
        var value = node.get(field);
        if (value == null || value.isNull()) {
            throw new AssertionError("There is no " + field + " in " + node);
        }
        return value;
    }
}
