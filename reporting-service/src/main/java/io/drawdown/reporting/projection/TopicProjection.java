package io.drawdown.reporting.projection;

import io.drawdown.events.Topic;
import io.drawdown.reporting.projection.Positions.Reached;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.AbstractConsumerSeekAware;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * Applies a topic to tables, each batch and the position that it reaches in one transaction.
 *
 * <p>Reading begins at the stored position, whatever Kafka has kept for the group. Before a batch is applied the stored
 * positions must be those that this reader knows; if they are not, because a rebuild has cleared them or another
 * instance has gone on, the batch is dropped and reading begins again at the stored positions. Records before the stored
 * position are repeats and are passed over.
 *
 * <p>When a batch fails its records are applied one by one, so that only the one at fault is retried and put aside.
 *
 * <p>One consumer thread per topic and instance; more partitions at a time are read by more instances.
 *
 * @param <V> what stands on the topic
 */
public abstract class TopicProjection<V extends SpecificRecord> extends AbstractConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(TopicProjection.class);

    private final Topic topic;
    private final ProjectionStore store;
    private final Map<Integer, Long> known = new ConcurrentHashMap<>();

    protected TopicProjection(Topic topic, ProjectionStore store) {
        this.topic = topic;
        this.store = store;
    }

    /** Applies the values, in the order of their partitions, within the batch's transaction. */
    protected abstract void apply(List<V> values);

    /** For the listener's annotation. */
    public String topicName() {
        return topic.topicName();
    }

    @KafkaListener(topics = "#{__listener.topicName}", batch = "true", concurrency = "1")
    void on(List<ConsumerRecord<String, V>> batch) {
        try {
            applyTogether(batch);
        } catch (PositionMovedException e) {
            LOG.info("{}: {}", topicName(), e.getMessage());
            seekToStored();
        } catch (RuntimeException e) {
            LOG.warn("A batch of {} records of {} failed, each is tried alone", batch.size(), topicName(), e);
            applyOneByOne(batch);
        }
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        super.onPartitionsAssigned(assignments, callback);
        known.clear();
        seekToStored(assignments.keySet(), callback);
    }

    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        var stored = store.positions(topic);
        if (assignments.keySet().stream().anyMatch(at -> hasMoved(at.partition(), stored))) {
            LOG.info("{}: a rebuild was asked for, or another instance has gone on", topicName());
            seekToStored(assignments.keySet(), callback);
        }
    }

    private void applyTogether(List<ConsumerRecord<String, V>> batch) {
        var reached = reachedBy(batch);
        store.inTransaction(topic, reached.values(), stored -> {
            reached.keySet().stream()
                    .filter(partition -> hasMoved(partition, stored))
                    .findFirst()
                    .ifPresent(partition -> {
                        throw new PositionMovedException(partition);
                    });
            apply(batch.stream()
                    .filter(message -> message.offset() >= offset(stored, message.partition()))
                    .map(ConsumerRecord::value)
                    .filter(Objects::nonNull) // A tombstone: the topic forgets the key, the reports do not.
                    .toList());
        });
        reached.values().forEach(at -> known.merge(at.partition(), at.nextOffset(), Math::max));
    }

    private void applyOneByOne(List<ConsumerRecord<String, V>> batch) {
        for (var message : batch) {
            try {
                applyTogether(List.of(message));
            } catch (PositionMovedException e) {
                seekToStored();
                return;
            } catch (RuntimeException e) {
                throw new BatchListenerFailedException("Not applied: " + e.getMessage(), e, message);
            }
        }
    }

    private void seekToStored() {
        getCallbacksAndTopics().forEach((callback, partitions) -> seekToStored(partitions, callback));
    }

    private void seekToStored(Collection<TopicPartition> partitions, ConsumerSeekCallback callback) {
        var stored = store.positions(topic);
        for (var at : partitions) {
            var next = offset(stored, at.partition());
            known.put(at.partition(), next);
            if (next == Positions.BEGINNING) {
                callback.seekToBeginning(at.topic(), at.partition());
            } else {
                callback.seek(at.topic(), at.partition(), next);
            }
        }
    }

    private boolean hasMoved(int partition, Map<Integer, Long> stored) {
        var expected = known.get(partition);
        return expected == null || expected != offset(stored, partition);
    }

    private static long offset(Map<Integer, Long> stored, int partition) {
        return stored.getOrDefault(partition, Positions.BEGINNING);
    }

    private static <V> Map<Integer, Reached> reachedBy(List<ConsumerRecord<String, V>> batch) {
        var reached = new HashMap<Integer, Reached>();
        for (var message : batch) {
            var at = new Reached(message.partition(), message.offset() + 1, Instant.ofEpochMilli(message.timestamp()));
            reached.put(message.partition(), at);
        }
        return reached;
    }
}
