package io.drawdown.usage.gate;

import io.drawdown.usage.wire.Rejections;
import io.drawdown.wire.polling.Ration;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stream thread's consumer, whose positions are committed by each partition's writer, together with what it has sent. However much
 * comes out of a batch, a poll brings no more of it than memory is left for.
 */
final class GateConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Nothing that is longer is an event, or is copied into its refusal. What is kept shows that there was more. */
    private static final int PART_BYTES = Rejections.ORIGINAL_BYTES_MAX + 1;

    private final PartitionWriters writers;
    private final Ration ration;

    GateConsumer(Map<String, Object> config, PartitionWriters writers) {
        this(config, writers, new Ration(PART_BYTES));
    }

    private GateConsumer(Map<String, Object> config, PartitionWriters writers, Ration ration) {
        super(config, ration.of(new ByteArrayDeserializer()), ration.of(new ByteArrayDeserializer()));
        this.writers = writers;
        this.ration = ration;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Handover(listener, writers));
    }

    /** All of a poll or nothing: what comes before a record that is not the broker's own waits with it. */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ration.renew();
        var records = super.poll(timeout);
        BrokerTime.require(records);
        return records;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        writers.commit(offsets, groupMetadata());
    }

    /** The writer comes before the partition's first record and state are read, and goes after its last commit, or at once where there is none. */
    private record Handover(ConsumerRebalanceListener streams, PartitionWriters writers)
            implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            writers.takeOver(partitions);
            streams.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                streams.onPartitionsRevoked(partitions);
            } finally {
                writers.release(partitions);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            writers.release(partitions);
            streams.onPartitionsLost(partitions);
        }
    }
}
