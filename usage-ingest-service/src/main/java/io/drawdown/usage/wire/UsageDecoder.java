package io.drawdown.usage.wire;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of usage.events.v1, which anybody may have written. Safe for use by several threads.
 *
 * <p>Avro itself compares the lengths that stand in the bytes with what is left of them before it allocates, so that a
 * hostile record is unreadable like any other.
 */
public final class UsageDecoder {

    private static final int NOT_FOUND = 404;

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
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RegistryRefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return undecodable(e);
        } catch (SerializationException e) {
            return undecodable(e);
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

    private static Decoded undecodable(SerializationException e) {
        return new Decoded.Undecodable(Excerpt.shortened(String.valueOf(e.getMessage())));
    }
}
