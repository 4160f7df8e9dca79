package io.drawdown.bench.gate.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.bench.rival.Workers;
import io.drawdown.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The physical limit: the same bytes from topic to topic, with nothing decided and nothing remembered. */
public final class RawCopy {

    private static final int THREADS = 2;
    private static final String OUTPUT = "rival.raw.copy";

    private RawCopy() {}

    public static void main(String[] arguments) {
        var settings = RivalSettings.fromEnvironment();
        settings.createTopic(OUTPUT);
        var counter = Counter.printing();
        Workers.run(THREADS, () -> copy(settings, counter));
    }

    @SuppressWarnings({"InfiniteLoopStatement", "FutureReturnValueIgnored"}) // flush waits for all of a batch.
    private static Void copy(RivalSettings settings, Counter counter) {
        try (var consumer = settings.consumer("rival-copy", new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                settings.kafka(),
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                64 << 10,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(List.of(Topic.USAGE_EVENTS.topicName()));
            while (true) {
                var usage = consumer.poll(Duration.ofMillis(200));
                usage.forEach(
                        one -> producer.send(new ProducerRecord<>(OUTPUT, one.partition(), one.key(), one.value())));
                producer.flush();
                counter.add(usage.count());
            }
        }
    }
}
