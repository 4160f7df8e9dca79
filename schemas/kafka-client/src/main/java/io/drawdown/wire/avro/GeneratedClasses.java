package io.drawdown.wire.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Finds the generated class that reads a schema: the one with the schema's full name. */
final class GeneratedClasses {

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
            if (SpecificRecord.class.isAssignableFrom(type)) {
                return Class.forName(name, true, loader);
            }
        } catch (ClassNotFoundException e) {
            throw missing(name, e);
        }
        throw missing(name, new ClassCastException(name + " is not a generated Avro record"));
    }

    private static SerializationException missing(String name, Exception cause) {
        return new SerializationException(
                "No generated class for schema " + name + ": add the jar that holds it to the class path, or set"
                        + " specific.avro.reader=false to read generic records",
                cause);
    }
}
