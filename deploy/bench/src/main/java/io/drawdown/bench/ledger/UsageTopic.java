package io.drawdown.bench.ledger;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Fills usage.accepted.v1 before anything is measured, so that no contender shares the machine with the producer.
 *
 * @param kafka the brokers' addresses
 * @param schemaRegistry the registry's address
 * @param accounts the accounts that the usage belongs to, each as likely as any other
 * @param meterId the meter that counted it
 */
record UsageTopic(String kafka, String schemaRegistry, String[] accounts, String meterId) {

    private static final int PARTITIONS = Topic.USAGE_ACCEPTED.partitions();
    private static final int PROGRESS_EVERY = 1_000_000;
    private static final long SEED = 20_261_120;

    /** Sends so many events and waits until the broker has them all; tells how many are sent, once every million. */
    void fill(long events, LongConsumer progress) {
        var failure = new AtomicReference<Exception>();
        try (var producer = producer()) {
            var random = new SplittableRandom(SEED);
            var positions = new long[PARTITIONS];
            var partitions =
                    Arrays.stream(accounts).mapToInt(UsageTopic::partition).toArray();
            for (long i = 0; i < events && failure.get() == null; i++) {
                var account = random.nextInt(accounts.length);
                var partition = partitions[account];
                var usage = usage(i, accounts[account], partition, positions[partition]++);
                producer.send(
                        new ProducerRecord<>(Topic.USAGE_ACCEPTED.topicName(), partition, accounts[account], usage),
                        (_, e) -> failure.compareAndSet(null, e));
                if ((i + 1) % PROGRESS_EVERY == 0) {
                    progress.accept(i + 1);
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException(
                    "Kafka did not take the usage: " + failure.get().getMessage(), failure.get());
        }
    }

    private UsageAccepted usage(long number, String account, int partition, long position) {
        var now = Instant.now();
        return new UsageAccepted(
                Long.toString(number), "/bench", account, meterId, "1", now, now, Map.of(), partition, position);
    }

    private static int partition(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(java.nio.charset.StandardCharsets.UTF_8))) % PARTITIONS;
    }

    private KafkaProducer<String, Object> producer() {
        var settings = Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 << 10,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20);
        Serializer<Object> serializer = new AvroSerializer();
        serializer.configure(Map.of("schema.registry.url", schemaRegistry), false);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
