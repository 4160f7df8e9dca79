package io.drawdown.wire.avro;

import java.lang.reflect.Modifier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the generated class that reads a schema: the one with the schema's full name.
 *
 * <p>The name is a stranger's: no code of a class is run by it, unless that class is a generated record.
 */
final class GeneratedClasses {

    private static final String SCHEMA_FIELD = "SCHEMA$";

    private final ClassLoader loader;

    GeneratedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    RecordDecoder decoder(Schema writer) {
        var type = find(writer);
        var data = SpecificData.getForClass(type);
        return new RecordDecoder(writer, data.getSchema(type), data);
    }

    private Class<?> find(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new SerializationException("A schema of type "
                    + writer.getType().getName() + " is no record's: its producer has to write the topic's record");
        }
        var name = SpecificData.getClassName(writer);
        try {
            var type = Class.forName(name, false, loader);
            if (isGenerated(type)) {
                return type;
            }
        } catch (ReflectiveOperationException | LinkageError e) { // Linkage: it stands on something that is not there.
            throw missing(name, e);
        }
        throw missing(name, new ClassCastException(name + " is not a generated Avro record"));
    }

    private static boolean isGenerated(Class<?> type) throws ReflectiveOperationException {
        if (!SpecificRecordBase.class.isAssignableFrom(type) || type == SpecificRecordBase.class) {
            return false;
        }
        var schema = type.getDeclaredField(SCHEMA_FIELD);
        return schema.getType() == Schema.class && Modifier.isStatic(schema.getModifiers());
    }

    private static SerializationException missing(String name, Throwable cause) {
        return new SerializationException(
                "No generated class for schema " + name + ": add the jar that holds it to the class path, or set"
                        + " specific.avro.reader=false to read generic records",
                cause);
    }
}
