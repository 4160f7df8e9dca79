package io.drawdown.demo.client;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.wire.avro.AvroSerializer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Usage straight to Kafka, as a product backend would send it: a stock producer, the published schema, the account as key. */
public final class ProductBackend implements AutoCloseable {

    private static final long ACKNOWLEDGEMENT_TIMEOUT_SECONDS = 60;

    private final String source;
    private final KafkaProducer<String, UsageEvent> avro;
    private final KafkaProducer<String, byte[]> raw;

    public ProductBackend(Environment environment, String source) {
        this.source = source;
        this.avro = new KafkaProducer<>(settings(environment), new StringSerializer(), avroSerializer(environment));
        this.raw = new KafkaProducer<>(settings(environment), new StringSerializer(), new ByteArraySerializer());
    }

    /** The source under which this backend reports. */
    public String source() {
        return source;
    }

    /** Hands one usage event to the producer; the future ends when all in-sync replicas have it. */
    public Future<RecordMetadata> send(String accountId, String meter, String id, BigDecimal value) {
        var event = UsageEvent.newBuilder()
                .setId(id)
                .setSource(source)
                .setType(meter)
                .setSubject(accountId)
                .setTime(Instant.now())
                .setData(Map.of("value", value.toPlainString()))
                .build();
        return avro.send(new ProducerRecord<>(Topic.USAGE_EVENTS.topicName(), accountId, event));
    }

    /** Sends something that is no usage event at all. */
    public void sendGarbage(String accountId, String garbage) {
        var bytes = garbage.getBytes(StandardCharsets.UTF_8);
        await(List.of(raw.send(new ProducerRecord<>(Topic.USAGE_EVENTS.topicName(), accountId, bytes))));
    }

    /** Sends the same value under each id and waits until the broker has acknowledged all. */
    public void sendAll(String accountId, String meter, List<String> ids, BigDecimal value) {
        var sent = new ArrayList<Future<RecordMetadata>>(ids.size());
        ids.forEach(id -> sent.add(send(accountId, meter, id, value)));
        await(sent);
    }

    private static void await(List<Future<RecordMetadata>> sent) {
        try {
            for (var future : sent) {
                future.get(ACKNOWLEDGEMENT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was to acknowledge usage", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not acknowledge the usage: " + e.getMessage(), e);
        }
    }

    private static Serializer<UsageEvent> avroSerializer(Environment environment) {
        var serializer = new AvroSerializer<UsageEvent>();
        serializer.configure(Map.of("schema.registry.url", environment.url("schemaRegistry")), false);
        return serializer;
    }

    private static Map<String, Object> settings(Environment environment) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                environment.kafka(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                5);
    }

    @Override
    public void close() {
        avro.close();
        raw.close();
    }
}
