package io.drawdown.chaos.check;

import io.drawdown.demo.client.Environment;
import io.drawdown.events.Topic;
import io.drawdown.wire.avro.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics whole, from the first record to where they end now. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, SpecificRecord> consumer;

    private TopicReader(Environment environment, IsolationLevel isolation) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString(),
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                environment.kafka(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        var values = new AvroDeserializer<SpecificRecord>();
        values.configure(
                Map.of("schema.registry.url", environment.url("schemaRegistry"), "specific.avro.reader", true), false);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
    }

    /** Sees what stands there. */
    public static TopicReader impatient(Environment environment) {
        return new TopicReader(environment, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Sees what was sent in no transaction, or in one that was committed. */
    public static TopicReader patient(Environment environment) {
        return new TopicReader(environment, IsolationLevel.READ_COMMITTED);
    }

    /** All records, of each partition in their order. */
    List<ConsumerRecord<String, SpecificRecord>> read(Topic topic) {
        var records = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
        read(topic, records::add);
        return records;
    }

    /** Each record, of each partition in their order, without keeping any. */
    void read(Topic topic, Consumer<ConsumerRecord<String, SpecificRecord>> reader) {
        var partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(reader);
        }
    }

    /** How many records each dead-letter topic holds; those without any are left out. */
    Map<String, Long> deadLetters() {
        Set<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().endsWith(".dlt"))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        return consumer.endOffsets(partitions).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .collect(Collectors.toMap(end -> end.getKey().topic(), Map.Entry::getValue, Long::sum));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
