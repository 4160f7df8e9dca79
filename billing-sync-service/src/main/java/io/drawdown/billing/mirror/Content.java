package io.drawdown.billing.mirror;

import io.drawdown.events.ReleasedVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What a record says apart from when it was seen: equal bytes mean that there is nothing new to tell. */
public final class Content {

    private Content() {}

    /** Encodes as Avro's single-object encoding: in front is the fingerprint of the schema it is written by. */
    public static byte[] encode(Observation observation) {
        var timeless = observation.rendering().apply(Instant.EPOCH);
        var encoder = new BinaryMessageEncoder<SpecificRecord>(
                SpecificData.getForClass(timeless.getClass()), timeless.getSchema());
        try {
            return bytesOf(encoder.encode(timeless));
        } catch (IOException e) {
            throw new UncheckedIOException("A record that was just built cannot be encoded.", e);
        }
    }

    /**
     * Decodes what {@link #encode} wrote, in this version or in any that was released before it.
     *
     * @throws UncheckedIOException if these are no such bytes
     * @throws org.apache.avro.message.MissingSchemaException if a newer version wrote it
     */
    public static <T extends SpecificRecord> T decode(ByteBuffer content, Class<T> type) {
        var data = SpecificData.getForClass(type);
        var decoder = new BinaryMessageDecoder<T>(data, data.getSchema(type));
        ReleasedVersions.of(type.getName()).forEach(decoder::addSchema);
        try {
            return decoder.decode(content);
        } catch (IOException e) {
            throw new UncheckedIOException("What was last published cannot be read as " + type.getName() + ".", e);
        }
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
