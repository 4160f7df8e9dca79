package io.drawdown.wire.avro;

import java.io.IOException;
import java.time.Duration;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** How records of one type are written to one topic, for as long as that is known to hold. */
final class TopicEncoder {

    private final RecordEncoder encoder;
    private final @Nullable Projection projection;
    private final long resolvedAt = System.nanoTime();
    private final long validNanos;

    /**
     * @param projection to the registry's newest schema, when that is not the record's own
     * @param valid how long; null for ever
     */
    TopicEncoder(RecordEncoder encoder, @Nullable Projection projection, @Nullable Duration valid) {
        this.encoder = encoder;
        this.projection = projection;
        this.validNanos = valid == null ? Long.MAX_VALUE : valid.toNanos();
    }

    byte[] encode(IndexedRecord value) throws IOException {
        return encoder.encode(projection == null ? value : projection.apply(value));
    }

    boolean isOutdated() {
        return validNanos != Long.MAX_VALUE && System.nanoTime() - resolvedAt > validNanos;
    }
}
