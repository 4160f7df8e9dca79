package io.drawdown.wire.outbox;

import io.drawdown.events.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Where a change leaves the records that tell of it. */
public interface Outbox {

    /**
     * Stores a record to be sent once the surrounding transaction is committed. Not sent when it is rolled back.
     *
     * <p>Transactions that append to the same topic and key wait for one another until they end, so that the order of
     * sending is the order of committing. The first record of a type asks the schema registry for its id.
     *
     * @param key the record's key, as {@link Topic#key} says
     * @throws IllegalStateException when no transaction is active
     * @throws IllegalArgumentException when the topic does not carry records of this type
     * @throws io.drawdown.wire.registry.RegistryUnavailableException when the registry is needed and cannot be reached; the
     *     change must then be rolled back
     */
    void append(Topic topic, String key, SpecificRecord value);
}
