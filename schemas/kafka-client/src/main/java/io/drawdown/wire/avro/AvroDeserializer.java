package io.drawdown.wire.avro;

import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format: as generated classes when {@code specific.avro.reader} is true, as generic
 * records otherwise.
 *
 * <p>The record's own schema is resolved to the one that the generated class was made from, so that older and newer
 * producers are understood. The first record of a schema asks the registry, which may block; later ones need no network.
 * Null stays null. Safe for use by several threads.
 *
 * <p>Throws {@link io.drawdown.wire.registry.RegistryUnavailableException} while the registry cannot answer, which is no
 * fault of the record, {@link io.drawdown.wire.registry.RegistryRefusedException} while it lets nobody in,
 * {@link UnknownSchemaException} when it does not know the record's schema, which it may a moment later, and any other
 * {@link SerializationException} when the record cannot be read by this program, ever.
 *
 * @param <T> {@code SpecificRecord}, {@code GenericRecord}, or the one generated class on the topic; not checked
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

    static {
        TrustedRecords.trust();
    }

    private @Nullable Decoders decoders;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        var loader = Utils.getContextOrKafkaClassLoader();
        decoders = new Decoders(
                new SchemaRegistry(RegistrySettings.from(config)),
                SerdeSettings.from(config).specificReader() ? new GeneratedClasses(loader) : null);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : decode(topic, bytes, 0, bytes.length);
    }

    /** Reads from the consumer's own buffer, without a copy. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        if (!buffer.hasArray()) {
            return deserialize(topic, headers, Utils.toNullableArray(buffer));
        }
        return decode(topic, buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }

    private T decode(String topic, byte[] bytes, int offset, int length) {
        if (decoders == null) {
            throw new IllegalStateException("AvroDeserializer was used before configure(…) was called");
        }
        int id = WireFormat.readId(topic, bytes, offset, length);
        RecordDecoder decoder = null;
        try {
            decoder = decoders.of(id);
            return cast(decoder.decode(bytes, offset + WireFormat.HEADER, length - WireFormat.HEADER));
        } catch (KafkaException e) {
            throw e; // The registry's, or an interruption; or it already says what is wrong with the schema.
        } catch (StackOverflowError e) {
            throw unreadable(
                    topic, id, decoder, "it is nested too deeply", null); // Its trace is long and says no more.
        } catch (IOException | RuntimeException | LinkageError e) {
            throw unreadable(topic, id, decoder, String.valueOf(e.getMessage()), e);
        }
    }

    @SuppressWarnings("unchecked") // What stands on a topic is the topic's contract; the compiler cannot know it.
    private T cast(IndexedRecord value) {
        return (T) value;
    }

    private static SerializationException unreadable(
            String topic, int id, @Nullable RecordDecoder decoder, String why, @Nullable Throwable cause) {
        var name = decoder == null ? "" : decoder.writerName() + " ";
        return new SerializationException(
                "A record of " + topic + " cannot be read with schema " + name + "(id " + id + "): " + why
                        + ". Either its bytes are damaged or its producer wrote another schema's id",
                cause);
    }
}
