package io.drawdown.wire.avro;

import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated ({@code SpecificRecord}) and generic Avro records in Confluent's wire format.
 *
 * <p>The first record of a type on a topic asks the registry for the schema's id, which may block; later ones need no
 * network. A null stays null, a tombstone. Safe for use by several threads.
 *
 * <p>Configured by Confluent's keys: see {@code schemas/README.md}. Throws
 * {@link io.drawdown.wire.registry.RegistryUnavailableException} while the registry cannot answer,
 * {@link io.drawdown.wire.registry.RegistryRefusedException} when it refuses the schema (409: incompatible), and
 * {@link org.apache.kafka.common.errors.SerializationException} when the record does not fit its schema.
 *
 * @param <T> {@code SpecificRecord}, {@code GenericRecord}, or one generated class
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {

    static {
        TrustedRecords.trust();
    }

    private final Map<String, TopicEncoders> topics = new ConcurrentHashMap<>();
    private @Nullable SchemaIds ids;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        ids = new SchemaIds(
                new SchemaRegistry(RegistrySettings.from(config)),
                SerdeSettings.from(config),
                SubjectStrategy.from(config, isKey),
                isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        var schema = value.getSchema();
        try {
            return encoder(topic, schema, value).encode(value);
        } catch (IOException | ClassCastException | NullPointerException | AvroRuntimeException e) {
            throw RecordEncoder.failed(topic, schema, e);
        }
    }

    /**
     * Asks the registry for the id of a type's schema as its first record on a topic does, and writes nothing.
     *
     * @param example any record of the type
     */
    public void introduce(String topic, T example) {
        encoder(topic, example.getSchema(), example);
    }

    private TopicEncoder encoder(String topic, Schema schema, T value) {
        var encoders = topics.get(topic);
        if (encoders == null) {
            encoders = topics.computeIfAbsent(topic, name -> new TopicEncoders());
        }
        var known = (value instanceof SpecificRecord ? encoders.specific : encoders.generic).get(schema);
        return known != null && !known.isOutdated() ? known : resolve(encoders, topic, schema, value);
    }

    private TopicEncoder resolve(TopicEncoders encoders, String topic, Schema schema, T value) {
        if (ids == null) {
            throw new IllegalStateException("AvroSerializer was used before configure(…) was called");
        }
        var encoder = ids.encoder(topic, schema, value);
        (value instanceof SpecificRecord ? encoders.specific : encoders.generic).put(schema, encoder);
        return encoder;
    }

    /** Apart, because a generated and a generic record of one schema hold their logical types differently. */
    private static final class TopicEncoders {
        private final Map<Schema, TopicEncoder> specific = new ConcurrentHashMap<>();
        private final Map<Schema, TopicEncoder> generic = new ConcurrentHashMap<>();
    }
}
