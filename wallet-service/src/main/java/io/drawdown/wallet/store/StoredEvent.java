package io.drawdown.wallet.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * An event as it is stored.
 *
 * @param typeName full name of the public record
 * @param revision names the schema in which {@code bytes} were written
 * @param bytes the public record in Avro binary, without any header
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StoredEvent(String typeName, String revision, byte[] bytes) {

    private static final ReleasedSchemas RELEASED = new ReleasedSchemas();

    /** The record under the schema in which it was written, not under today's. */
    public GenericRecord asWritten() {
        var schema = RELEASED.of(typeName, revision);
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A stored " + typeName + " revision " + revision + " is not what its schema says", e);
        }
    }
}
