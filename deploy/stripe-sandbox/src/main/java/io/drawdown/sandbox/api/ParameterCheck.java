package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns form text into typed JSON by an operation's schema.
 *
 * <p>An empty string becomes JSON null, which means: unset it. Unknown, missing and ill-typed parameters are refused as
 * Stripe refuses them. Enumerations are closed here even where Stripe calls them open: the list is whole for this
 * version, and a client that sends another value has a fault worth showing.
 */
public final class ParameterCheck {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

    /** Those of ISO 4217, without its codes for metals, funds and tests. */
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code ->
                    !code.startsWith("X") || Set.of("XAF", "XCD", "XOF", "XPF").contains(code))
            .map(code -> code.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private ParameterCheck() {}

    /** Typed parameters, in the order sent. */
    public static ObjectNode check(Schema schema, Map<String, Object> form) {
        return object(schema, form, "");
    }

    private static ObjectNode object(Schema schema, Map<String, Object> form, String prefix) {
        var result = Json.object();
        for (var entry : form.entrySet()) {
            var path = prefix.isEmpty() ? entry.getKey() : prefix + "[" + entry.getKey() + "]";
            var property = propertyOf(schema, entry.getKey(), path);
            var value = value(property, entry.getValue(), path);
            boolean inMap = !schema.properties().containsKey(entry.getKey());
            result.set(entry.getKey(), inMap ? filled(property, value, path) : value);
        }
        for (String name : schema.required()) {
            var path = prefix.isEmpty() ? name : prefix + "[" + name + "]";
            if (!result.has(name)) {
                throw ApiException.missing(path);
            }
            filled(propertyOf(schema, name, path), result.path(name), path);
        }
        return result;
    }

    /** What is required, or one of many, can be empty only where that has a meaning. */
    private static JsonNode filled(Schema schema, JsonNode value, String path) {
        if (value.isNull() && !schema.unsettable()) {
            throw emptyFault(path);
        }
        return value;
    }

    private static Schema propertyOf(Schema schema, String name, String path) {
        var property = schema.properties().getOrDefault(name, schema.additional());
        if (property == null) {
            throw ApiException.malformed("parameter_unknown", "Received unknown parameter: " + path, path);
        }
        return property;
    }

    @SuppressWarnings("unchecked")
    private static JsonNode value(Schema schema, Object value, String path) {
        return value instanceof Map<?, ?> map
                ? container(schema, (Map<String, Object>) map, path)
                : scalar(schema, (String) value, path);
    }

    private static JsonNode container(Schema schema, Map<String, Object> map, String path) {
        var list = schema.alternative("array");
        if (list != null
                && list.items() != null
                && map.keySet().stream().allMatch(key -> INTEGER.matcher(key).matches())) {
            return array(list.items(), map, path);
        }
        var object = schema.alternative("object");
        if (object == null) {
            throw ApiException.malformed(null, "Invalid " + (list == null ? "string" : "array") + ": " + path, path);
        }
        return object(object, map, path);
    }

    private static JsonNode array(Schema items, Map<String, Object> map, String path) {
        var array = Json.array();
        map.forEach((key, value) -> {
            var itemPath = path + "[" + key + "]";
            array.add(filled(items, value(items, value, itemPath), itemPath));
        });
        return array;
    }

    private static JsonNode scalar(Schema schema, String text, String path) {
        if (text.isEmpty()) {
            return empty(schema, path);
        }
        var faults = new ArrayList<ApiException>();
        for (Schema alternative : schema.anyOf().isEmpty() ? List.of(schema) : schema.anyOf()) {
            try {
                return typed(alternative, text, path);
            } catch (ApiException fault) {
                faults.add(fault);
            }
        }
        throw faults.getLast();
    }

    /** Stripe unsets optional fields by an empty string; whether this one can be is decided where it is used. */
    private static JsonNode empty(Schema schema, String path) {
        if (schema.admits("boolean") || (schema.admits("integer") && !schema.unsettable())) {
            throw emptyFault(path);
        }
        return Json.none();
    }

    /** The refusal of an empty value for something that cannot be unset. */
    public static ApiException emptyFault(String path) {
        return ApiException.malformed(
                "parameter_invalid_empty",
                "You passed an empty string for '" + path
                        + "'. We assume empty values are an attempt to unset a parameter; "
                        + "however '" + path + "' cannot be unset. You should remove '" + path
                        + "' from your request or supply a non-empty value.",
                path);
    }

    private static JsonNode typed(Schema schema, String text, String path) {
        var nodes = JsonNodeFactory.instance;
        return switch (schema.type() == null ? "string" : schema.type()) {
            case "integer" -> nodes.numberNode(integer(text, path));
            case "number" -> nodes.numberNode(decimal(text, path));
            case "boolean" -> nodes.booleanNode(bool(text, path));
            case "array" -> throw ApiException.malformed(null, "Invalid array", path);
            case "object" -> throw ApiException.malformed(null, "Invalid object", path);
            default -> nodes.stringNode(string(schema, text, path));
        };
    }

    private static long integer(String text, String path) {
        if (!INTEGER.matcher(text).matches()) {
            throw ApiException.malformed("parameter_invalid_integer", "Invalid integer: " + text, path);
        }
        return Long.parseLong(text);
    }

    private static BigDecimal decimal(String text, String path) {
        if (!DECIMAL.matcher(text).matches()) {
            throw ApiException.malformed(null, "Invalid decimal: " + text, path);
        }
        return new BigDecimal(text);
    }

    private static boolean bool(String text, String path) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ApiException.malformed(null, "Invalid boolean: " + text, path);
        };
    }

    /** Text within the limits of its schema; decimals in plain notation. */
    static String string(Schema schema, String text, String path) {
        if (!schema.values().isEmpty() && !schema.values().contains(text)) {
            throw ApiException.oneOf(
                    path,
                    text,
                    schema.values().stream()
                            .filter(value -> !value.isEmpty())
                            .limit(40)
                            .toList());
        }
        if (text.length() > Math.min(schema.maxLength(), 5_000)) {
            throw ApiException.malformed(
                    null,
                    "Invalid string: " + path + " is longer than " + Math.min(schema.maxLength(), 5_000)
                            + " characters",
                    path);
        }
        return switch (schema.format() == null ? "" : schema.format()) {
            case "decimal" -> decimal(text, path).toPlainString();
            case "currency" -> currency(text, path);
            default -> text;
        };
    }

    /** Lower case, whatever was sent. */
    private static String currency(String text, String path) {
        var currency = text.toLowerCase(Locale.ROOT);
        if (!CURRENCIES.contains(currency)) {
            throw ApiException.malformed(null, "Invalid currency: " + text + ". Give a three-letter ISO code.", path);
        }
        return currency;
    }
}
