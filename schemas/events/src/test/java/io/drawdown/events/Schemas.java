package io.drawdown.events;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schemas of the catalogue, as the tests look at them. */
final class Schemas {

    private Schemas() {}

    /** Of every record type that stands on a topic. */
    static List<Schema> onTopics() {
        return Stream.of(Topic.values())
                .flatMap(topic -> topic.records().stream())
                .distinct()
                .map(SpecificData.get()::getSchema)
                .toList();
    }

    /** Those and every record and enum within them. */
    static Set<Schema> named() {
        Set<Schema> found = new LinkedHashSet<>();
        onTopics()
                .forEach(schema -> visit(schema, each -> {
                    if (each.getType() == Schema.Type.RECORD || each.getType() == Schema.Type.ENUM) {
                        found.add(each);
                    }
                }));
        return found;
    }

    /** The schema and everything within it; records of the catalogue are not recursive. */
    static void visit(Schema schema, Consumer<Schema> visitor) {
        visitor.accept(schema);
        for (var part : parts(schema)) {
            visit(part, visitor);
        }
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case UNION -> new ArrayList<>(schema.getTypes());
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> List.of();
        };
    }

    /** The schema's text without what only Java's generator adds, one line. */
    static String portable(Schema schema) {
        return schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
    }
}
