package io.drawdown.usage.gate;

import static java.util.Objects.requireNonNull;

import io.drawdown.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/** Checks, before the gate opens, what its exactness rests upon. */
final class GateTopics {

    private static final String BROKER_TIME = "LogAppendTime";

    private GateTopics() {}

    /**
     * Checks the usage topics.
     *
     * @return what the gate needs to know about them
     * @throws IllegalStateException naming the topic and the remedy when a topic is set up otherwise
     */
    static UsageTopics check(Map<String, Object> connection) {
        try (var admin = Admin.create(connection)) {
            requireBrokerTime(admin);
            return describe(admin);
        }
    }

    /** A producer's own clock could push the window on by years and make the gate forget what it has seen. */
    private static void requireBrokerTime(Admin admin) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.USAGE_EVENTS);
        var found = get(admin.describeConfigs(List.of(topic)).all()).values().stream()
                .map(config -> config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))
                .map(entry -> entry == null ? null : entry.value())
                .findFirst()
                .orElse(null);
        if (!BROKER_TIME.equals(found)) {
            throw new IllegalStateException(Topic.Name.USAGE_EVENTS + " has "
                    + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG
                    + "=" + found + ", so producers could set the time by which repeats are recognised: set it to "
                    + BROKER_TIME + " (kafka-configs --alter --entity-type topics --entity-name "
                    + Topic.Name.USAGE_EVENTS + " --add-config " + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "="
                    + BROKER_TIME
                    + "). If it holds records already, create it anew instead: these keep their producers'"
                    + " times, and the gate stops before them");
        }
    }

    private static UsageTopics describe(Admin admin) {
        var topics = get(admin.describeTopics(
                        List.of(Topic.Name.USAGE_EVENTS, Topic.Name.USAGE_ACCEPTED, Topic.Name.USAGE_REJECTED))
                .allTopicNames());
        var events = requireNonNull(topics.get(Topic.Name.USAGE_EVENTS));
        int expected = events.partitions().size();
        topics.forEach((name, topic) -> {
            if (topic.partitions().size() != expected) {
                throw new IllegalStateException(
                        name + " has " + topic.partitions().size() + " partitions, but "
                                + Topic.Name.USAGE_EVENTS + " has " + expected
                                + ": records keep their partition number, so create " + name + " with " + expected);
            }
        });
        return new UsageTopics(expected, events.topicId());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "The usage topics cannot be checked: " + e.getMessage()
                            + ". See that the broker runs and that the topics of the catalogue were created",
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * The usage topics as they are.
     *
     * @param partitions of each of them
     * @param eventsId identity of usage.events.v1; another one when it was deleted and created again
     */
    record UsageTopics(int partitions, Uuid eventsId) {}
}
