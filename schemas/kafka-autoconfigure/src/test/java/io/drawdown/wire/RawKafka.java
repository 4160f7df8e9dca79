package io.drawdown.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.support.test.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client of the broker that knows nothing of what is tested. */
public final class RawKafka {

    private RawKafka() {}

    public static void write(String topic, String key, byte[] value) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", Platform.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** All records of a topic, oldest first in each partition, until there are as many as wanted that match. */
    public static List<ConsumerRecord<String, byte[]>> read(
            String topic, int wanted, Predicate<ConsumerRecord<String, byte[]>> match) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", Platform.kafka().bootstrapServers(), "auto.offset.reset", "earliest");
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !consumer.partitionsFor(topic).isEmpty());
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> {
                    if (match.test(each)) {
                        found.add(each);
                    }
                });
                assertThat(found).hasSizeGreaterThanOrEqualTo(wanted);
            });
        }
        return found;
    }
}
