package io.drawdown.wire.avro;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Refuses schemas by which a few bytes stand for more values than anybody could read or skip in a day: records of records that
 * have twice as many fields on each level, and arrays of values without bytes, which Avro itself lets grow with the heap.
 *
 * <p>What is left takes time in proportion to its bytes.
 */
final class WeightlessValues {

    /** Of one record and those within it, up to the next union, array or map, which take a byte each. */
    private static final long FIELDS_MAX = 1_000;

    /** Infinite while a record is being counted: one that has itself for a field never ends. */
    private final Map<Schema, Long> fields = new IdentityHashMap<>();

    private final Map<Schema, Boolean> checked = new IdentityHashMap<>();

    private WeightlessValues() {}

    /** @throws SerializationException saying which type it is */
    static void refuse(Schema schema) {
        new WeightlessValues().check(schema);
    }

    private void check(Schema schema) {
        if (checked.put(schema, true) == null) {
            parts(schema).forEach(this::check);
            checkItself(schema);
        }
    }

    private void checkItself(Schema schema) {
        if (fields(schema) > FIELDS_MAX) {
            throw refused(schema, "more than " + FIELDS_MAX + " fields within each other");
        }
        if (schema.getType() == Schema.Type.ARRAY && isWeightless(schema.getElementType())) {
            throw refused(schema, "elements without bytes");
        }
    }

    private boolean isWeightless(Schema schema) {
        return fields(schema) <= FIELDS_MAX && holdsNoByte(schema); // A larger one is refused for itself.
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Field::schema).toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
        };
    }

    private long fields(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return 1;
        }
        var known = fields.putIfAbsent(schema, FIELDS_MAX + 1);
        if (known != null) {
            return known;
        }
        long count = 1;
        for (var part : parts(schema)) {
            count = Math.min(count + fields(part), FIELDS_MAX + 1);
        }
        fields.put(schema, count);
        return count;
    }

    private static boolean holdsNoByte(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD -> parts(schema).stream().allMatch(WeightlessValues::holdsNoByte);
            default -> false;
        };
    }

    private static SerializationException refused(Schema schema, String what) {
        return new SerializationException("A schema whose type " + schema.getFullName() + " has " + what
                + " is not read: a record of a few bytes could take days");
    }
}
