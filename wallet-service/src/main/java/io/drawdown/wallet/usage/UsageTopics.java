package io.drawdown.wallet.usage;

import static java.util.Objects.requireNonNull;

import io.drawdown.events.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Whether the topics are still those in which the database's positions stand. In one that was created anew, or that has lost
 * its end, the same offsets are those of other usage, all of which would be taken for handled.
 */
@Component
class UsageTopics {

    private static final List<String> NAMES = List.of(Topic.Name.USAGE_EVENTS, Topic.Name.USAGE_ACCEPTED);
    /** Offsets that the mark of a transaction takes, which no consumer is given. */
    private static final int MARK = 1;

    private final KafkaAdmin kafka;
    private final JdbcClient jdbc;
    private final UsagePositions positions;
    private final Map<TopicPartition, String> refused = new ConcurrentHashMap<>();

    UsageTopics(KafkaAdmin kafka, JdbcClient jdbc, UsagePositions positions) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.positions = positions;
    }

    /** Looks whether these partitions may be read from where the database says. */
    void look(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> refused.put(partition, "The usage topics could not be checked"));
        var wrong = wrong(partitions);
        partitions.forEach(partition ->
                wrong.ifPresentOrElse(reason -> refused.put(partition, reason), () -> refused.remove(partition)));
    }

    /**
     * Looks again at the partitions of these records that may not be read, if any.
     *
     * @throws IllegalStateException saying what is wrong, and what to do, as long as it is so
     */
    void requireKnown(Collection<? extends ConsumerRecord<?, ?>> records) {
        if (!refused.isEmpty()) {
            records.stream()
                    .map(UsageTopics::partition)
                    .distinct()
                    .filter(refused::containsKey)
                    .forEach(this::requireKnown);
        }
    }

    private void requireKnown(TopicPartition suspect) {
        look(List.of(suspect));
        var reason = refused.get(suspect);
        if (reason != null) {
            throw new IllegalStateException(reason);
        }
    }

    /** Whether the partition of a record could be read when it was looked at last. */
    boolean knows(ConsumerRecord<?, ?> record) {
        return !refused.containsKey(partition(record));
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private Optional<String> wrong(Collection<TopicPartition> partitions) {
        try (var admin = Admin.create(kafka.getConfigurationProperties())) {
            return otherTopic(admin).or(() -> lostRecords(admin, partitions));
        } catch (KafkaException e) {
            return Optional.of("The usage topics cannot be checked yet: " + e.getMessage());
        }
    }

    private Optional<String> otherTopic(Admin admin) {
        return get(admin.describeTopics(NAMES).allTopicNames()).values().stream()
                .filter(topic -> !isKnown(topic.name(), topic.topicId().toString()))
                .map(topic -> topic.name() + " (" + topic.topicId()
                        + ") is not the topic of which this database knows what has been drawn down: it was deleted and created"
                        + " again, or belongs to another cluster. Nothing of it is drawn down until you connect the right one; or,"
                        + " if none of its usage has been drawn down, stop all instances and empty the tables usage_topic and"
                        + " usage_position")
                .findFirst();
    }

    /** Of what has no name yet, this one is the topic. */
    private boolean isKnown(String name, String id) {
        jdbc.sql("insert into usage_topic (name, topic_id) values (?, ?) on conflict do nothing")
                .params(name, id)
                .update();
        return jdbc.sql("select topic_id from usage_topic where name = ?")
                .param(name)
                .query(String.class)
                .single()
                .equals(id);
    }

    /** The positions first: whoever had the partitions before may still move them, as far as the topic goes by then. */
    private Optional<String> lostRecords(Admin admin, Collection<TopicPartition> partitions) {
        var stored = partitions.stream()
                .collect(Collectors.toMap(Function.identity(), each -> positions.reload(each.partition())));
        var begins = offsets(admin, partitions, OffsetSpec.earliest());
        var ends = offsets(admin, partitions, OffsetSpec.latest());
        return partitions.stream()
                .flatMap(each -> lostRecords(
                        each,
                        requireNonNull(stored.get(each)),
                        requireNonNull(begins.get(each)),
                        requireNonNull(ends.get(each)))
                        .stream())
                .findFirst();
    }

    private static Optional<String> lostRecords(TopicPartition partition, Position position, long begin, long end) {
        if (position.nextOffset() > end) {
            return Optional.of(partition + " ends at " + end + ", but everything before " + position.nextOffset()
                    + " has been drawn down: it has lost its last records, or was restored from an older state, and what comes next"
                    + " would be taken for handled. Stop all instances and set next_offset to " + end
                    + " in the table usage_position; repeats are told by their source offset");
        }
        // The mark of the last transaction may have been deleted unread, with the last record and nothing behind it.
        if (position.nextOffset() + MARK < begin && !position.equals(Position.START)) {
            return Optional.of(partition + " begins at " + begin + ", but only what stands before "
                    + position.nextOffset()
                    + " has been drawn down: records were deleted before their turn. Restore them, or stop all"
                    + " instances and set next_offset to " + begin
                    + " in the table usage_position to go on without them");
        }
        return Optional.empty();
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec which) {
        var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which));
        var found = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(asked).all()).forEach((partition, info) -> found.put(partition, info.offset()));
        return found;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
