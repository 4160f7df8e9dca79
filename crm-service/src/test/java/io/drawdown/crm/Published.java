package io.drawdown.crm;

import io.drawdown.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What stands on the topics, read from their beginning; and a way to put something there. */
@TestComponent
public class Published {

    private final ConsumerFactory<String, SpecificRecord> consumers;
    private final KafkaTemplate<String, SpecificRecord> template;

    Published(ConsumerFactory<String, SpecificRecord> consumers, KafkaTemplate<String, SpecificRecord> template) {
        this.consumers = consumers;
        this.template = template;
    }

    /** Sends as another service would and waits for the acknowledgement. */
    public void send(Topic topic, String key, SpecificRecord value) {
        CompletableFuture<?> sent = template.send(topic.topicName(), key, value);
        sent.join();
    }

    /** The records of the key, once there are as many as expected; fails when there are more, or not enough in time. */
    public <V extends SpecificRecord> List<V> await(Topic topic, String key, Class<V> type, int expected) {
        var found = new ArrayList<V>();
        try (var consumer = consumers.createConsumer(UUID.randomUUID().toString(), "")) {
            assign(consumer, topic.topicName());
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> add(found, message, key, type));
                return found.size() >= expected && atEnd(consumer);
            });
        }
        if (found.size() > expected) {
            throw new AssertionError("Expected " + expected + " records of " + key + ", there are: " + found);
        }
        return found;
    }

    private static <V> void add(List<V> found, ConsumerRecord<String, ?> message, String key, Class<V> type) {
        if (message.key().equals(key) && type.isInstance(message.value())) {
            found.add(type.cast(message.value()));
        }
    }

    private static void assign(Consumer<?, ?> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static boolean atEnd(Consumer<?, ?> consumer) {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
