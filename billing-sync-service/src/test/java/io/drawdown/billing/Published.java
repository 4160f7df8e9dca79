package io.drawdown.billing;

import io.drawdown.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Everything the service publishes, read as it comes; and a way to publish what others would. */
@TestComponent
public class Published implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KafkaTemplate<String, SpecificRecord> template;
    private final List<SpecificRecord> records = new CopyOnWriteArrayList<>();
    private final Thread reading;
    private volatile boolean stopped;

    Published(ConsumerFactory<String, SpecificRecord> consumers, KafkaTemplate<String, SpecificRecord> template) {
        this.template = template;
        var consumer = consumers.createConsumer(UUID.randomUUID().toString(), "");
        this.reading = Thread.ofVirtual().start(() -> readAll(consumer));
    }

    /** Sends as another service would and waits for the acknowledgement. */
    public void send(Topic topic, String key, SpecificRecord value) {
        CompletableFuture<?> sent = template.send(topic.topicName(), key, value);
        sent.join();
    }

    /** Every record of the type that fits, in the order of its partition, as of now. */
    public <V extends SpecificRecord> List<V> all(Class<V> type, Predicate<V> fits) {
        return records.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(fits)
                .toList();
    }

    /** The first record that fits, once there is one. */
    public <V extends SpecificRecord> V await(Class<V> type, Predicate<V> fits) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !all(type, fits).isEmpty());
        return all(type, fits).getFirst();
    }

    private void readAll(Consumer<String, SpecificRecord> consumer) {
        try (consumer) {
            var partitions = Stream.of(
                            Topic.BILLING_CUSTOMERS,
                            Topic.BILLING_CATALOG,
                            Topic.BILLING_INVOICES,
                            Topic.BILLING_PAYMENTS,
                            Topic.STRIPE_EVENTS)
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> records.add(message.value()));
            }
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        stopped = true;
        reading.join(Duration.ofSeconds(5));
    }
}
