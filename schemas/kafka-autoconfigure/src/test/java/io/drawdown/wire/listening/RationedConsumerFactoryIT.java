package io.drawdown.wire.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.support.test.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ConsumerFactory;

class RationedConsumerFactoryIT {

    static final int MEGABYTE = 1_000_000;
    static final int RATION = 16 * 1024 * 1024;

    final TopicPartition partition =
            new TopicPartition("rationed-" + UUID.randomUUID().toString().substring(0, 8), 0);
    final RationedConsumerFactory<String, byte[]> factory = new RationedConsumerFactory<>(Map.of(
            "bootstrap.servers",
            Platform.kafka().bootstrapServers(),
            "group.id",
            partition.topic(),
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "max.poll.records",
            10_000,
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class.getName()));

    @BeforeEach
    void createTopic() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", Platform.kafka().bootstrapServers());
        try (var admin = Admin.create(config)) {
            admin.createTopics(List.of(new NewTopic(partition.topic(), 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Sixty megabytes in a batch of some kilobytes, which one poll would bring otherwise. A record's value comes whenever its key does. */
    @Test
    void aPollBringsNoMoreThanItsRationHoweverMuchABatchHolds() throws Exception {
        send(60, MEGABYTE);

        var polls = polls(60);

        assertThat(polls).allSatisfy(poll -> assertThat(bytes(poll)).isLessThanOrEqualTo(RATION + MEGABYTE));
        assertThat(polls.stream().flatMap(List::stream).map(ConsumerRecord::key))
                .as("none is left out or comes twice")
                .containsExactlyElementsOf(
                        IntStream.range(0, 60).mapToObj(Integer::toString).toList());
        assertThat(polls).hasSize(4);
    }

    @Test
    void aRecordLargerThanTheRationComesAlone() throws Exception {
        send(3, 2 * RATION);

        assertThat(polls(3)).hasSize(3);
    }

    /** A ration that another's polls renew would be used up for good. Whoever measures consumers is told when they come and go. */
    @Test
    void eachOfSeveralConsumersRenewsItsOwnRation() throws Exception {
        send(40, MEGABYTE);
        var told = new ArrayList<String>();
        factory.addListener(new ConsumerFactory.Listener<>() {
            @Override
            public void consumerAdded(String id, Consumer<String, byte[]> consumer) {
                told.add("added");
            }

            @Override
            public void consumerRemoved(String id, Consumer<String, byte[]> consumer) {
                told.add("removed");
            }
        });

        try (var first = consumer();
                var second = consumer()) {
            for (var consumer : List.of(first, second)) {
                await().until(() -> {
                    consumer.poll(Duration.ofMillis(100));
                    return consumer.position(partition) == 40;
                });
            }
        }

        assertThat(told).containsExactly("added", "added", "removed", "removed");
    }

    private List<List<ConsumerRecord<String, byte[]>>> polls(int records) {
        var polls = new ArrayList<List<ConsumerRecord<String, byte[]>>>();
        try (var consumer = consumer()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                var polled = consumer.poll(Duration.ofMillis(100)).records(partition);
                if (!polled.isEmpty()) {
                    polls.add(polled);
                }
                return polls.stream().mapToInt(List::size).sum() >= records;
            });
        }
        return polls;
    }

    private Consumer<String, byte[]> consumer() {
        var consumer = factory.createConsumer();
        consumer.assign(List.of(partition));
        return consumer;
    }

    private static long bytes(List<ConsumerRecord<String, byte[]>> poll) {
        return poll.stream()
                .mapToLong(each -> each.serializedKeySize() + each.serializedValueSize())
                .sum();
    }

    /** As a producer does that has raised its limits: all in one batch. */
    private void send(int count, int bytes) throws Exception {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Platform.kafka().bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.BATCH_SIZE_CONFIG,
                2 * count * bytes,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                3L * count * bytes,
                ProducerConfig.LINGER_MS_CONFIG,
                5_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var value = new byte[bytes];
            var sent = IntStream.range(0, count)
                    .mapToObj(
                            i -> producer.send(new ProducerRecord<>(partition.topic(), 0, Integer.toString(i), value)))
                    .toList();
            producer.flush();
            for (var each : sent) {
                each.get();
            }
        }
    }
}
