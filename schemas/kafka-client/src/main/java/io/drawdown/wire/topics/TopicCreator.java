package io.drawdown.wire.topics;

import io.drawdown.events.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates every topic of {@link Topic}; a topic that is there already is left as it is. */
public final class TopicCreator {

    private static final int REPLICATED = 3;

    private TopicCreator() {}

    /**
     * Creates what is missing, with partitions and settings from the catalogue.
     *
     * @param bootstrapServers as Kafka takes them, such as {@code localhost:9092}
     * @param replicationFactor how many brokers hold each partition; -1 for the broker's default. With three or more, two have to have a
     *     record before it counts as stored ({@code min.insync.replicas}); otherwise the broker's default says how many
     * @return the names of the topics that did not exist before
     * @throws KafkaException when the broker cannot be reached or refuses
     */
    public static Set<String> create(String bootstrapServers, int replicationFactor) {
        return create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), replicationFactor);
    }

    /** As {@link #create(String, int)}, with a whole admin client's configuration, for brokers that ask who calls. */
    public static Set<String> create(Map<String, ?> adminConfig, int replicationFactor) {
        try (var admin = Admin.create(Map.copyOf(adminConfig))) {
            var created = new TreeSet<String>();
            var results = admin.createTopics(wanted(replicationFactor)).values();
            for (var result : results.entrySet()) {
                if (isNew(result.getKey(), result.getValue())) {
                    created.add(result.getKey());
                }
            }
            return created;
        }
    }

    private static Set<NewTopic> wanted(int replicationFactor) {
        return Stream.of(Topic.values())
                .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), (short) replicationFactor)
                        .configs(settings(topic, replicationFactor)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By itself a broker acknowledges what it alone has, once its followers are out of sync: that would be lost with its disk. */
    static Map<String, String> settings(Topic topic, int replicationFactor) {
        var settings = new HashMap<>(topic.settings());
        if (replicationFactor >= REPLICATED) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return settings;
    }

    private static boolean isNew(String topic, Future<Void> result) {
        try {
            result.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new KafkaException(
                    "Topic " + topic + " could not be created: " + e.getMessage()
                            + ". Check that the broker runs and has at least as many nodes as the replication factor",
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
