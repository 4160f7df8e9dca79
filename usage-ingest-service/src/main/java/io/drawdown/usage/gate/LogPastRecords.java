package io.drawdown.usage.gate;

import static java.util.Objects.requireNonNull;

import io.drawdown.events.Topic;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.polling.Ration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds records with a consumer for the purpose, opened at the first need: a position's time in usage.events.v1, and from that
 * time on its record in usage.accepted.v1, which bears it, by halving, since source offsets rise there but for what was sent again.
 */
final class LogPastRecords implements PastRecords {

    private static final int FETCH_BYTES = 64 * 1024;
    /** About as many as one fetch brings. */
    private static final int SCANNED_AT_MOST = 500;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(5);
    /** Less than the broker grants to a member between two polls. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, Object> config;
    private final AvroDeserializer<SpecificRecord> values = new AvroDeserializer<>();
    /** A batch is bounded before it is taken apart, and what comes out of it is the sender's choice. */
    private final Ration ration = new Ration();

    private @Nullable KafkaConsumer<byte[], byte[]> opened;
    private long ownFrom;

    /** @param config of the service's consumers, with the registry's settings */
    LogPastRecords(Map<String, Object> config) {
        this.config = PastReading.settings(config);
        this.config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What a crash left without a commit was sent all the same.
        this.config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        // One record is wanted: the rest of what a fetch brings is thrown away.
        this.config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        values.configure(this.config, false);
    }

    @Override
    public void runBegins(long sourceOffset) {
        ownFrom = sourceOffset;
    }

    @Override
    public @Nullable SpecificRecord sentFor(int partition, long sourceOffset) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var storedAt = storedAt(new TopicPartition(Topic.Name.USAGE_EVENTS, partition), sourceOffset, deadline);
        if (storedAt == null) {
            return null;
        }
        var accepted = new TopicPartition(Topic.Name.USAGE_ACCEPTED, partition);
        var found = find(accepted, storedAt, sourceOffset, deadline);
        while (found == null && sourceOffset >= ownFrom) {
            patience(deadline);
            LockSupport.parkNanos(PAUSE.toNanos());
            found = find(accepted, storedAt, sourceOffset, deadline);
        }
        return found;
    }

    private @Nullable Long storedAt(TopicPartition events, long offset, long deadline) {
        var consumer = consumer(events);
        if (consumer.beginningOffsets(List.of(events)).getOrDefault(events, 0L) > offset) {
            return null;
        }
        consumer.seek(events, offset);
        while (consumer.position(events) <= offset) {
            patience(deadline);
            for (var record : poll(consumer)) {
                return record.offset() == offset ? record.timestamp() : null;
            }
        }
        return null;
    }

    private @Nullable SpecificRecord find(TopicPartition accepted, long storedAt, long sourceOffset, long deadline) {
        var consumer = consumer(accepted);
        var begin = consumer.offsetsForTimes(Map.of(accepted, storedAt)).get(accepted);
        if (begin == null) {
            return null;
        }
        long end = consumer.endOffsets(List.of(accepted)).getOrDefault(accepted, 0L);
        long low = begin.offset();
        long high = end;
        // Marks of transactions bear the time at which they were set: while the gate lags, this begins far too early.
        while (high - low > SCANNED_AT_MOST) {
            long middle = (low + high) >>> 1;
            var found = first(accepted, middle, end, deadline);
            if (found != null && sourceOffset(found) < sourceOffset) {
                low = found.offset() + 1;
            } else {
                high = middle;
            }
        }
        return scan(accepted, low, high, end, sourceOffset, deadline);
    }

    private @Nullable ConsumerRecord<byte[], byte[]> first(
            TopicPartition accepted, long offset, long end, long deadline) {
        var consumer = consumer(accepted);
        consumer.seek(accepted, offset);
        while (consumer.position(accepted) < end) {
            patience(deadline);
            for (var record : poll(consumer)) {
                return record;
            }
        }
        return null;
    }

    /** Up to the first record of a later source behind what may be the one that is wanted. */
    private @Nullable SpecificRecord scan(
            TopicPartition accepted, long low, long high, long end, long sourceOffset, long deadline) {
        var consumer = consumer(accepted);
        consumer.seek(accepted, low);
        while (consumer.position(accepted) < end) {
            patience(deadline);
            for (var record : poll(consumer)) {
                long source = sourceOffset(record);
                if (source == sourceOffset) {
                    return value(record);
                }
                if (source > sourceOffset && record.offset() >= high) {
                    return null;
                }
            }
        }
        return null;
    }

    private ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer) {
        ration.renew();
        return consumer.poll(POLL);
    }

    private long sourceOffset(ConsumerRecord<byte[], byte[]> record) {
        return AcceptedLog.sourceOffset(value(record));
    }

    private SpecificRecord value(ConsumerRecord<byte[], byte[]> record) {
        return requireNonNull(values.deserialize(record.topic(), record.value()), "value");
    }

    private KafkaConsumer<byte[], byte[]> consumer(TopicPartition partition) {
        if (opened == null) {
            config.put(ConsumerConfig.CLIENT_ID_CONFIG, "usage-gate-past-" + partition.partition());
            opened = new KafkaConsumer<>(
                    config, ration.of(new ByteArrayDeserializer()), ration.of(new ByteArrayDeserializer()));
        }
        opened.assign(List.of(partition));
        return opened;
    }

    /** The gate then begins again at its last committed position. */
    private static void patience(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new KafkaException(
                    "What a correction is about was not read within " + PATIENCE + ": see that the broker answers");
        }
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
