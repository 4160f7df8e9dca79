package io.drawdown.usage.gate;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The writers of the partitions that one stream thread has. For that thread alone. */
final class PartitionWriters implements AutoCloseable {

    /** Each commit and each takeover waits for several answers of the broker: those of all partitions at once. */
    private static final Executor AT_ONCE = Executors.newVirtualThreadPerTaskExecutor();

    private final IntFunction<Producer<byte[], byte[]>> producers;
    private final Map<Integer, PartitionWriter> writers = new HashMap<>();

    /** @param producers makes the transactional producer of a partition, under an id that is always the same for it */
    PartitionWriters(IntFunction<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** From its return on nobody else writes to these partitions, nor commits their positions. */
    void takeOver(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            release(partition.partition());
            writers.put(partition.partition(), new PartitionWriter(producers.apply(partition.partition())));
        });
        atOnce(partitions.stream().<Runnable>map(partition -> writer(partition.partition())::takeOver));
    }

    /** @throws IllegalStateException if the record names no partition, or one that was not taken over */
    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        return writer(requireNonNull(record.partition(), "partition")).send(record, callback);
    }

    /**
     * Commits each position together with all that was sent of its partition before.
     *
     * @throws CommitFailedException if somebody else has taken over any of them
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        try {
            atOnce(offsets.entrySet().stream().<Runnable>map(offset -> {
                var writer = writer(offset.getKey().partition());
                return () -> writer.commit(Map.of(offset.getKey(), offset.getValue()), group);
            }));
        } catch (RuntimeException e) {
            throw Fencing.isCauseOf(e) ? Fencing.commitFailed(e) : e;
        }
    }

    void release(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> release(partition.partition()));
    }

    private void release(int partition) {
        var writer = writers.remove(partition);
        if (writer != null) {
            writer.close();
        }
    }

    private PartitionWriter writer(int partition) {
        var writer = writers.get(partition);
        if (writer == null) {
            throw new IllegalStateException("Partition " + partition + " is not this thread's");
        }
        return writer;
    }

    private static void atOnce(Stream<Runnable> steps) {
        var all = steps.map(step -> CompletableFuture.runAsync(step, AT_ONCE)).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        writers.values().forEach(PartitionWriter::close);
        writers.clear();
    }
}
