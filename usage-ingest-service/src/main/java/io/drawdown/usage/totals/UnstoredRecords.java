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
    private long oldestMillis = Long.MAX_VALUE;

    void add(Iterable<? extends ConsumerRecord<?, ?>> read) {
        for (var record : read) {
            begins.putIfAbsent(partition(record), record.offset());
            oldestMillis = Math.min(oldestMillis, record.timestamp());
        }
    }

    /** When the oldest of them was stored by the broker, in milliseconds since 1970; meaningless without any. */
    long oldestMillis() {
        return oldestMillis;
    }

    void clear() {
        begins.clear();
        oldestMillis = Long.MAX_VALUE;
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
