package io.drawdown.wallet.relay;

import io.drawdown.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Looks whether the event store has the newest events of the topic. A database that was restored from a backup has not: it
 * would give their sequences to other events, which whoever reads the topic takes for repeats.
 */
final class PublishedEvents {

    /** Of each partition. The last one alone could have been committed, out of its turn, just before the backup. */
    private static final int NEWEST = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConsumerFactory<String, SpecificRecord> consumers;

    PublishedEvents(ConsumerFactory<String, SpecificRecord> consumers) {
        this.consumers = consumers;
    }

    /** @throws UnknownEventException naming one that the event store does not have */
    void requireStored(Connection connection) throws SQLException {
        try (var consumer = consumers.createConsumer("wallet-relay", "published", null, null);
                var stored = new StoredIds(connection)) {
            var ends = seekToNewest(consumer);
            while (!hasReached(consumer, ends)) {
                var records = consumer.poll(PATIENCE);
                if (records.isEmpty() && !hasReached(consumer, ends)) {
                    throw new TimeoutException("The broker does not show the newest wallet events");
                }
                for (var published : records) {
                    stored.require(published);
                }
            }
        }
    }

    private static Map<TopicPartition, Long> seekToNewest(Consumer<?, ?> consumer) {
        consumer.assign(IntStream.range(0, Topic.WALLET_EVENTS.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.Name.WALLET_EVENTS, partition))
                .toList());
        var begins = consumer.beginningOffsets(consumer.assignment());
        var ends = consumer.endOffsets(consumer.assignment());
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(begins.getOrDefault(partition, end), end - NEWEST)));
        return ends;
    }

    private static boolean hasReached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
