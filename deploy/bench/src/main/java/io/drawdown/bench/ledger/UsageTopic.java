package io.drawdown.bench.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Fills usage.accepted.v1 before anything is measured, so that no contender shares the machine with the producer.
 *
 * @param kafka the brokers' addresses
 * @param schemaRegistry the registry's address
 * @param accounts the accounts that the usage belongs to, each as likely as any other
 * @param meterId the meter that counted it
 */
record UsageTopic(String kafka, String schemaRegistry, List<String> accounts, String meterId) {

    private static final int PARTITIONS = Topic.USAGE_ACCEPTED.partitions();
    private static final int PROGRESS_EVERY = 1_000_000;
    private static final long SEED = 20_261_120;

    /** Sends so many events and waits until the broker has them all; tells how many are sent, once every million. */
    void fill(long events, LongConsumer progress) {
        var failure = new AtomicReference<@Nullable Exception>();
        try (var producer = producer()) {
            var random = new SplittableRandom(SEED);
            var positions = new long[PARTITIONS];
            var partitions = accounts.stream().mapToInt(UsageTopic::partition).toArray();
            for (long i = 0; i < events && failure.get() == null; i++) {
                var account = random.nextInt(accounts.size());
                var partition = partitions[account];
                send(producer, usage(i, accounts.get(account), partition, positions[partition]++), failure);
                if ((i + 1) % PROGRESS_EVERY == 0) {
                    progress.accept(i + 1);
                }
            }
        }
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka did not take the usage: " + failed.getMessage(), failed);
        }
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // The callback hears of a failure; closing the producer waits for all.
    private static void send(
            KafkaProducer<String, UsageAccepted> producer,
            UsageAccepted usage,
            AtomicReference<@Nullable Exception> failure) {
        var topic = Topic.USAGE_ACCEPTED.topicName();
        producer.send(
                new ProducerRecord<>(topic, usage.getSourcePartition(), usage.getAccountId(), usage),
                (_, e) -> remember(failure, e));
    }

    private static void remember(AtomicReference<@Nullable Exception> failure, @Nullable Exception e) {
        if (e != null) {
            failure.set(e);
        }
    }

    private UsageAccepted usage(long number, String account, int partition, long position) {
        var now = Instant.now();
        return new UsageAccepted(
                Long.toString(number), "/bench", account, meterId, "1", now, now, Map.of(), partition, position, null);
    }

    private static int partition(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8))) % PARTITIONS;
    }

    private KafkaProducer<String, UsageAccepted> producer() {
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
        var serializer = new AvroSerializer<UsageAccepted>();
        serializer.configure(Map.of("schema.registry.url", schemaRegistry), false);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
