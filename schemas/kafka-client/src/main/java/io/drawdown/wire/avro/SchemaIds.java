package io.drawdown.wire.avro;

import io.drawdown.wire.registry.RegisteredSchema;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Finds, or makes, the id under which a record's schema is known, as the configuration wants it. */
final class SchemaIds {

    private final SchemaRegistry registry;
    private final SerdeSettings settings;
    private final SubjectStrategy strategy;
    private final boolean key;

    SchemaIds(SchemaRegistry registry, SerdeSettings settings, SubjectStrategy strategy, boolean key) {
        this.registry = registry;
        this.settings = settings;
        this.strategy = strategy;
        this.key = key;
    }

    TopicEncoder encoder(String topic, Schema schema, IndexedRecord example) {
        var subject = strategy.subject(topic, key, schema);
        if (settings.useLatest()) {
            return latest(subject, schema, example);
        }
        var text = settings.removeJavaProperties() ? PortableSchema.of(schema) : schema.toString();
        int id = settings.autoRegister()
                ? registry.register(subject, text, settings.normalize())
                : registered(subject, text);
        return new TopicEncoder(new RecordEncoder(id, schema, example), null, null);
    }

    private int registered(String subject, String text) {
        try {
            return registry.idOf(subject, text, settings.normalize());
        } catch (RegistryRefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            throw new SerializationException(
                    "Subject " + subject
                            + " has no such schema, and auto.register.schemas is off: register it first, or"
                            + " set use.latest.version=true to write with the newest that is there",
                    e);
        }
    }

    private TopicEncoder latest(String subject, Schema schema, IndexedRecord example) {
        var latest = registry.latest(subject);
        if (sameOnTheWire(schema, latest.schema())) {
            return new TopicEncoder(new RecordEncoder(latest.id(), schema, example), null, settings.latestTtl());
        }
        if (settings.latestStrict()) {
            requireCompatible(subject, schema, latest);
        }
        return new TopicEncoder(
                new RecordEncoder(latest.id(), latest.schema(), new GenericData.Record(latest.schema())),
                new Projection(schema, latest.schema(), example),
                settings.latestTtl());
    }

    private static boolean sameOnTheWire(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    private static void requireCompatible(String subject, Schema schema, RegisteredSchema latest) {
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("The newest schema of " + subject + " (id " + latest.id()
                    + ") cannot take what " + schema.getFullName() + " writes: " + compatibility.getDescription()
                    + ". Deploy code of the newer schema, or set latest.compatibility.strict=false");
        }
    }
}
