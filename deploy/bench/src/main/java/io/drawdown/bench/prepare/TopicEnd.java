package io.drawdown.bench.prepare;

import io.drawdown.events.Topic;
import io.drawdown.local.platform.Environment;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a topic ends, counted from where it ended before. */
public final class TopicEnd implements AutoCloseable {

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> ends;
    private final long before;

    private TopicEnd(Admin admin, Topic topic) {
        this.admin = admin;
        this.ends = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        this.before = now();
    }

    /** Counts from where the topic ends now. */
    public static TopicEnd of(Environment environment, Topic topic) {
        return new TopicEnd(
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka())), topic);
    }

    /** How many records have been acknowledged since. */
    public long since() {
        return now() - before;
    }

    private long now() {
        try {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not say where a topic ends: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was asked where a topic ends", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
