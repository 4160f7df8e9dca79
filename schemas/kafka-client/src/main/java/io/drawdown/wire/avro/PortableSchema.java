package io.drawdown.wire.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * A schema's text without what only Java's code generator has put into it.
 *
 * <p>Generated classes carry {@code "avro.java.string": "String"} at every string. Registered like that, the public
 * contract of a topic would be full of one language's particulars, and a backend that registers the {@code .avsc} file
 * itself would create a second version of the same schema.
 */
final class PortableSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";

    private PortableSchema() {}

    static String of(Schema schema) {
        try {
            return strip(JSON.readTree(schema.toString())).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Avro rendered a schema that is not JSON", e);
        }
    }

    private static JsonNode strip(JsonNode type) {
        return switch (type) {
            case ArrayNode union -> stripAll(union);
            case ObjectNode object -> stripObject(object);
            default -> type;
        };
    }

    private static JsonNode stripObject(ObjectNode type) {
        type.remove(JAVA_STRING);
        if (type.size() == 1 && type.path("type").isTextual()) {
            return type.get("type");
        }
        replace(type, "type");
        replace(type, "items");
        replace(type, "values");
        if (type.get("fields") instanceof ArrayNode fields) {
            fields.forEach(field -> replace((ObjectNode) field, "type"));
        }
        return type;
    }

    private static ArrayNode stripAll(ArrayNode union) {
        for (int i = 0; i < union.size(); i++) {
            union.set(i, strip(union.get(i)));
        }
        return union;
    }

    private static void replace(ObjectNode holder, String field) {
        var type = holder.get(field);
        if (type != null) {
            holder.set(field, strip(type));
        }
    }
}
