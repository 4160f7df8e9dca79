package io.drawdown.usage.gate;

import io.drawdown.usage.wire.Position;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record of usage.events.v1 where it stands. */
record Arrival(Record<byte[], byte[]> record, Position position) {

    byte @Nullable [] key() {
        return record.key();
    }

    byte @Nullable [] value() {
        return record.value();
    }

    Headers headers() {
        return record.headers();
    }

    /** By the broker's clock, the same whenever it is read. */
    Instant storedAt() {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
