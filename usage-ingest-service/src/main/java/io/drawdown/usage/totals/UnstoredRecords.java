package io.drawdown.usage.totals;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Where what was read and is not stored begins in each partition, so that it can be read again. Used by one thread. */
final class UnstoredRecords {

    private final Map<TopicPartition, Long> begins = new HashMap<>();

    void add(Iterable<? extends ConsumerRecord<?, ?>> read) {
        read.forEach(record -> begins.putIfAbsent(partition(record), record.offset()));
    }

    void clear() {
        begins.clear();
    }

    boolean areStored() {
        return begins.isEmpty();
    }

    /**
     * Has all of it read again.
     *
     * @param batch of which perhaps not all was added
     */
    void rewind(ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer) {
        add(batch);
        begins.keySet().retainAll(consumer.assignment());
        begins.forEach(consumer::seek);
        clear();
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
