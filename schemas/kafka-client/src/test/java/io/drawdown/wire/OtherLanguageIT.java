package io.drawdown.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.avro.AvroSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public contract, held against a client that shares no code with ours. */
class OtherLanguageIT {

    private static final String SUBJECT = Topic.Name.USAGE_EVENTS + "-io.drawdown.events.usage.UsageEvent";
    private static final Instant WHEN = Instant.parse("2026-11-20T12:00:00.123Z");

    private final String account = "acc-" + UUID.randomUUID();

    @BeforeAll
    static void install() throws Exception {
        Node.install();
    }

    @Test
    void readsWhatABackendInJavaScriptWrites(@TempDir Path folder) throws Exception {
        var stored = Node.contract(
                "produce",
                Platform.kafka().bootstrapServers(),
                Platform.registry().url(),
                schemaFile(folder),
                Topic.Name.USAGE_EVENTS,
                SUBJECT,
                """
                {"id": "js-1", "source": "/js-backend", "type": "credit_meter", "subject": "%s",
                 "time": %d, "data": {"value": "0.015", "région": "eu"}}""".formatted(account, WHEN.toEpochMilli()));

        var received =
                read(stored.get("partition").intValue(), stored.get("offset").asLong());

        assertThat(received.key()).isEqualTo(account);
        assertThat(received.value()).isEqualTo(usage("js-1", "/js-backend"));
        assertThat(received.partition())
                .as("both clients choose the partition by murmur2")
                .isEqualTo(Utils.toPositive(Utils.murmur2(account.getBytes(StandardCharsets.UTF_8)))
                        % Topic.USAGE_EVENTS.partitions());
    }

    @Test
    void writesWhatABackendInJavaScriptReads() throws Exception {
        write(usage("java-1", "/java-backend"));

        var received = Node.contract(
                "consume",
                Platform.kafka().bootstrapServers(),
                Platform.registry().url(),
                Topic.Name.USAGE_EVENTS,
                account);

        var event = received.get("event");
        assertThat(event.get("id").asText()).isEqualTo("java-1");
        assertThat(event.get("time").asLong()).isEqualTo(WHEN.toEpochMilli());
        assertThat(event.get("data").get("value").asText()).isEqualTo("0.015");
        assertThat(event.get("data").get("région").asText()).isEqualTo("eu");
        assertThat(received.get("headers").get("ce_type").asText()).isEqualTo("io.drawdown.events.usage.UsageEvent");
        assertThat(received.get("headers").get("ce_source").asText()).isEqualTo("java-test");
    }

    private UsageEvent usage(String id, String source) {
        return UsageEvent.newBuilder()
                .setId(id)
                .setSource(source)
                .setType("credit_meter")
                .setSubject(account)
                .setTime(WHEN)
                .setData(Map.of("value", "0.015", "région", "eu"))
                .build();
    }

    private void write(UsageEvent event) throws Exception {
        var config = new HashMap<>(config());
        config.put("interceptor.classes", EventHeadersInterceptor.class.getName());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), configured(new AvroSerializer<>()))) {
            producer.send(new ProducerRecord<>(Topic.Name.USAGE_EVENTS, account, event))
                    .get();
        }
    }

    private static AvroSerializer<UsageEvent> configured(AvroSerializer<UsageEvent> serializer) {
        serializer.configure(config(), false);
        return serializer;
    }

    private static ConsumerRecord<String, UsageEvent> read(int partition, long offset) {
        var deserializer = new AvroDeserializer<UsageEvent>();
        deserializer.configure(config(), false);
        try (var consumer = new KafkaConsumer<>(config(), new StringDeserializer(), deserializer)) {
            var at = new TopicPartition(Topic.Name.USAGE_EVENTS, partition);
            consumer.assign(List.of(at));
            consumer.seek(at, offset);
            return await().until(() -> consumer.poll(Duration.ofMillis(100)).records(at), records -> !records.isEmpty())
                    .getFirst();
        }
    }

    private static Map<String, Object> config() {
        return Map.of(
                "bootstrap.servers",
                Platform.kafka().bootstrapServers(),
                "schema.registry.url",
                Platform.registry().url(),
                "specific.avro.reader",
                "true",
                EventHeadersInterceptor.SOURCE_CONFIG,
                "java-test");
    }

    /** The file as it is published in the events jar. */
    private static String schemaFile(Path folder) throws IOException {
        var copy = folder.resolve("UsageEvent.avsc");
        try (var published = UsageEvent.class.getResourceAsStream("/avro/usage/UsageEvent.avsc")) {
            Files.copy(published, copy);
        }
        return copy.toString();
    }
}
