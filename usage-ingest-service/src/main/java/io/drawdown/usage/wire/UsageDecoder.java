package io.drawdown.usage.wire;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.avro.UnknownSchemaException;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of usage.events.v1, which anybody may have written, under schemas that anybody may have registered. Safe for
 * use by several threads.
 *
 * <p>Avro itself compares the lengths that stand in the bytes with what is left of them before it allocates, and the
 * deserializer turns down schemas that could hold it up, so that a hostile record is unreadable like any other.
 */
public final class UsageDecoder {

    private final AvroDeserializer<IndexedRecord> deserializer = new AvroDeserializer<>();

    /** @param config the registry's settings, under Confluent's keys */
    public UsageDecoder(Map<String, ?> config) {
        deserializer.configure(config, false);
    }

    /**
     * Reads one value.
     *
     * @throws RegistryUnavailableException while the registry cannot answer: the bytes may be good, try again
     * @throws RegistryRefusedException when the registry does not let us in: the bytes may be good, mend the settings
     */
    public Decoded decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded.Undecodable(
                    "the record has no value: send a UsageEvent; there is nothing to delete here");
        }
        try {
            return decoded(deserializer.deserialize(Topic.Name.USAGE_EVENTS, bytes));
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            return new Decoded.Undecodable(detail(e), true);
        } catch (SerializationException e) {
            return new Decoded.Undecodable(detail(e));
        }
    }

    private static Decoded decoded(@Nullable IndexedRecord value) {
        return switch (value) {
            case UsageEvent event -> new Decoded.Event(UsageRecords.usage(event));
            case UsageCorrection correction -> new Decoded.Amendment(CorrectionRecords.correction(correction));
            case null -> strange("nothing");
            default -> strange(value.getSchema().getFullName());
        };
    }

    private static Decoded strange(String found) {
        return new Decoded.Undecodable("the record is " + found + ": send "
                + UsageEvent.getClassSchema().getFullName());
    }

    private static String detail(SerializationException e) {
        return Excerpt.shortened(String.valueOf(e.getMessage()));
    }
}
