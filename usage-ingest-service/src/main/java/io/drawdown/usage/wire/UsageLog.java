package io.drawdown.usage.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends bytes to the usage topics, acknowledged by all in-sync replicas. Safe for use by several threads.
 *
 * <p>A failed append has an unknown outcome: the record may be there. Appending the same event again is harmless, since
 * the gate drops repeats.
 */
public final class UsageLog implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;

    private UsageLog(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Opens a producer of its own.
     *
     * @param config of the service's producers
     * @param ackTimeout after which an append has failed
     */
    public static UsageLog open(Map<String, Object> config, Duration ackTimeout) {
        var settings = new HashMap<>(config);
        int millis = Math.toIntExact(ackTimeout.toMillis());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "usage-log");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        // A request's events make small batches, and for each batch lz4 allocates two buffers of 64 KiB.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 2);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return new UsageLog(new KafkaProducer<>(settings));
    }

    /**
     * Sends one record to the partition of its key; blocks while the producer's buffer is full.
     *
     * @return where it was stored, or the failure; completed within the timeout
     */
    public CompletableFuture<Position> append(String topic, byte[] key, byte[] value, Headers headers) {
        var stored = new CompletableFuture<Position>();
        try {
            var _ = producer.send(new ProducerRecord<>(topic, null, key, value, headers), (metadata, failure) -> {
                if (failure == null) {
                    stored.complete(new Position(metadata.partition(), metadata.offset()));
                } else {
                    stored.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
