package io.drawdown.usage.gate;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.usage.domain.Claim;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.polling.Ration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage.accepted.v1 backwards to where an earlier run committed, with a consumer for the purpose.
 *
 * <p>Source offsets rise during each run, so whatever stands before a record of a lower one was sent before that commit. A
 * run that ends while it sends again what was sent before leaves such a record behind what matters; where it began itself is known
 * then. Nothing is read when the gate was stopped in good order.
 */
final class AcceptedLog implements SentRecords {

    private static final int STEP_FACTOR = 16;
    private static final Duration POLL = Duration.ofMillis(200);
    /** Less than the broker grants to a member between two polls. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, Object> config;

    /** @param config of the service's consumers, with the registry's settings */
    AcceptedLog(Map<String, Object> config) {
        this.config = PastReading.settings(config);
        this.config.put(ConsumerConfig.CLIENT_ID_CONFIG, "usage-gate-sent");
        this.config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    }

    @Override
    public long since(int partition, long from, long beginAtLatest, Consumer<Sent> sink) {
        try (var log = new Reading(config, "read_uncommitted", partition)) {
            long begin = Math.min(log.beginBySource(from), Math.max(log.first, beginAtLatest));
            long committed = begin < log.end ? committed(partition, begin) : Claim.NONE;
            log.readFrom(begin, record -> {
                long source = sourceOffset(record.value());
                if (source >= from) {
                    sink.accept(new Sent(record.value(), source <= committed));
                }
            });
            return begin;
        }
    }

    /** Up to which source all that was sent was committed, if not at first then when it was sent again. */
    private long committed(int partition, long begin) {
        var highest = new AtomicLong(Claim.NONE);
        try (var log = new Reading(config, "read_committed", partition)) {
            log.readFrom(begin, record -> highest.accumulateAndGet(sourceOffset(record.value()), Math::max));
        }
        return highest.get();
    }

    static long sourceOffset(SpecificRecord record) {
        return switch (record) {
            case UsageAccepted accepted -> accepted.getSourceOffset();
            case UsageCorrected corrected -> corrected.getSourceOffset();
            default -> throw strange(record);
        };
    }

    static IllegalStateException strange(SpecificRecord record) {
        return new IllegalStateException(Topic.Name.USAGE_ACCEPTED + " holds what the gate never sends: "
                + record.getSchema().getFullName() + ". See who else writes there; the gate alone may");
    }

    /** One partition, between where it begins and ended when the reading was opened. */
    private static final class Reading implements AutoCloseable {

        private final Ration ration = new Ration();
        private final KafkaConsumer<byte[], SpecificRecord> consumer;
        private final TopicPartition partition;
        private final long first;
        private final long end;

        private Reading(Map<String, Object> config, String isolation, int number) {
            var values = new AvroDeserializer<SpecificRecord>();
            values.configure(config, false);
            var own = new HashMap<>(config);
            own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
            consumer = new KafkaConsumer<>(own, ration.of(new ByteArrayDeserializer()), ration.of(values));
            partition = new TopicPartition(Topic.Name.USAGE_ACCEPTED, number);
            consumer.assign(List.of(partition));
            first = offset(consumer.beginningOffsets(List.of(partition)));
            end = offset(consumer.endOffsets(List.of(partition)));
        }

        /** At a record of a lower source offset, found in steps that grow. */
        private long beginBySource(long from) {
            for (long step = 1; ; step *= STEP_FACTOR) {
                long probe = Math.max(first, end - step);
                var record = at(probe);
                if (probe == first || record != null && sourceOffset(record.value()) < from) {
                    return probe;
                }
            }
        }

        /** The first record from there on; behind the last one stand only marks of transactions. */
        private @Nullable ConsumerRecord<byte[], SpecificRecord> at(long offset) {
            consumer.seek(partition, offset);
            while (consumer.position(partition) < end) {
                var records = poll();
                if (!records.isEmpty()) {
                    return records.getFirst();
                }
            }
            return null;
        }

        private void readFrom(long offset, Consumer<ConsumerRecord<byte[], SpecificRecord>> sink) {
            consumer.seek(partition, offset);
            while (consumer.position(partition) < end) {
                poll().forEach(sink);
            }
        }

        /** Waits for the broker, but not for ever: the thread that reads is wanted elsewhere. */
        private List<ConsumerRecord<byte[], SpecificRecord>> poll() {
            long before = consumer.position(partition);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                ration.renew();
                var records = consumer.poll(POLL).records(partition);
                if (!records.isEmpty() || consumer.position(partition) > before) {
                    return records;
                }
            }
            throw new TimeoutException(partition + " could not be read at " + before + " within " + PATIENCE
                    + ": see that the broker runs");
        }

        private long offset(Map<TopicPartition, Long> offsets) {
            return offsets.getOrDefault(partition, 0L);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
