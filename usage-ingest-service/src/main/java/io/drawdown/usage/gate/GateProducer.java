package io.drawdown.usage.gate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A stream thread's producer, which knows the topics and sends nothing itself: each partition's writer does. */
final class GateProducer extends KafkaProducer<byte[], byte[]> {

    private final PartitionWriters writers;

    GateProducer(Map<String, Object> config, PartitionWriters writers) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.writers = writers;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        return writers.send(record, callback);
    }

    /** Nothing: the commit that follows waits for what was sent, and fails where anything of it did. */
    @Override
    public void flush() {}

    @Override
    public void close(Duration timeout) {
        writers.close();
        super.close(timeout);
    }
}
