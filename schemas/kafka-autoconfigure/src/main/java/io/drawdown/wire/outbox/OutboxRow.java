package io.drawdown.wire.outbox;

import io.drawdown.wire.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A record that waits to be sent. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and the bytes go to Kafka as they are.
record OutboxRow(
        long id,
        String topic,
        String key,
        String type,
        byte[] payload,
        UUID eventId,
        @Nullable String traceparent,
        Instant createdAt) {

    ProducerRecord<byte[], byte[]> toRecord(String source) {
        var sent = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), payload);
        new EventHeaders(eventId.toString(), type, source, createdAt, traceparent).writeTo(sent.headers());
        return sent;
    }
}
