package io.drawdown.usage.gate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all that the events of one partition lead to, and how far they were read, in transactions.
 *
 * <p>The transactions are there for their fence: whoever takes the same transactional id over ends what its predecessor may
 * write, at the broker. Readers need not wait for a commit, since positions make repeats harmless.
 */
final class PartitionWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PartitionWriter.class);

    private final Producer<byte[], byte[]> producer;
    private boolean isOpen;
    private volatile boolean isGivenUp;

    PartitionWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    void takeOver() {
        producer.initTransactions();
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        open();
        return producer.send(record, (metadata, failure) -> {
            if (callback != null && !isGivenUp) {
                callback.onCompletion(metadata, failure);
            }
        });
    }

    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        open();
        untilAnswered(() -> producer.sendOffsetsToTransaction(offsets, group));
        untilAnswered(producer::commitTransaction);
        isOpen = false;
    }

    private void open() {
        if (!isOpen) {
            producer.beginTransaction();
            isOpen = true;
        }
    }

    /** The producer wants the same step again, and nothing else, until it knows how it ended. */
    private static void untilAnswered(Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (TimeoutException e) {
                log.warn("The broker does not answer; the gate waits for it", e);
            }
        }
    }

    /** What was not sent by now is not wanted any more, and its failing concerns nobody: the thread may have begun anew. */
    @Override
    public void close() {
        isGivenUp = true;
        producer.close(Duration.ZERO);
    }
}
