package io.drawdown.billing.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What a record says apart from when it was seen: equal bytes mean that there is nothing new to tell. */
public final class Content {

    private Content() {}

    /** Encodes as Avro's single-object encoding, which a generated class's {@code fromByteBuffer} reads. */
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

    private static byte[] bytesOf(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
