package io.drawdown.bench.prepare;

import io.drawdown.local.platform.Environment;
import io.drawdown.wire.avro.AvroSerializer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Fills a topic before anything is measured, so that no contender shares the machine with the producer.
 *
 * @param kafka the brokers' addresses
 * @param schemaRegistry the registry's address
 */
public record TopicFill(String kafka, String schemaRegistry) {

    private static final int PROGRESS_EVERY = 1_000_000;

    /** Fills the topics of this platform. */
    public static TopicFill of(Environment environment) {
        return new TopicFill(environment.kafka(), environment.addressOf("schemaRegistry"));
    }

    /** Sends so many records and waits until the broker has them all; tells how many are sent, once every million. */
    public <V extends SpecificRecord> void fill(
            long count, LongFunction<ProducerRecord<String, V>> numbered, LongConsumer progress) {
        var failure = new AtomicReference<@Nullable Exception>();
        try (KafkaProducer<String, V> producer = producer(20)) {
            for (long i = 0; i < count && failure.get() == null; i++) {
                send(producer, numbered.apply(i), failure);
                if ((i + 1) % PROGRESS_EVERY == 0) {
                    progress.accept(i + 1);
                }
            }
        }
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka did not take the records: " + failed.getMessage(), failed);
        }
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // The callback hears of a failure; closing the producer waits for all.
    private static <V> void send(
            KafkaProducer<String, V> producer,
            ProducerRecord<String, V> record,
            AtomicReference<@Nullable Exception> failure) {
        producer.send(record, (_, e) -> remember(failure, e));
    }

    private static void remember(AtomicReference<@Nullable Exception> failure, @Nullable Exception e) {
        if (e != null) {
            failure.set(e);
        }
    }

    /** A producer of Avro records that waits so long for more of them. */
    public <V extends SpecificRecord> KafkaProducer<String, V> producer(int lingerMillis) {
        var settings = Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                lingerMillis,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 << 10,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20);
        var serializer = new AvroSerializer<V>();
        serializer.configure(Map.of("schema.registry.url", schemaRegistry), false);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
