package io.drawdown.wire.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a batch over in portions that go through: whole as a rule; where that failed in portions of one partition, half as
 * large after each failure, down to a single record, and twice as large after each success, until they are whole again. So
 * a batch that is too much for one transaction makes progress all the same, and a record that cannot be handled is found:
 * the listener sets it aside, or its partition waits while the others go on.
 *
 * <p>For a listener that keeps its place in a store of its own, moves it with each portion and has
 * {@link RewindingErrorHandler} read again what it did not store. Several threads may use it, a partition belongs to one.
 *
 * <p>Metric {@code drawdown.listener.stuck}, tag {@code listener}: partitions that wait behind a record which fails alone.
 */
public final class Portions implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(Portions.class);

    /** So often a record fails alone before it may be set aside. */
    private static final int ATTEMPTS_ALONE = 3;

    private final String listener;
    private final PassingFailure further;

    /** Only those that are not handled whole; the one that failed last comes last. */
    private final Map<TopicPartition, Portion> reduced = Collections.synchronizedMap(new LinkedHashMap<>());

    public Portions(String listener) {
        this(listener, _ -> false);
    }

    /** @param further what passes by waiting beside what is known here */
    public Portions(String listener, PassingFailure further) {
        this.listener = listener;
        this.further = further;
    }

    /** Whether something failed lately, so that the records of a partition are not handled all at once. */
    public boolean areReduced() {
        return !reduced.isEmpty();
    }

    /** Partitions that are no longer ours begin whole when they come back. */
    public void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(reduced::remove);
    }

    /**
     * Hands all records to {@code work}, each partition's in their order. Ends with the first failure: what was not handed
     * over has to be read again then.
     */
    public <K, V> void handle(List<ConsumerRecord<K, V>> batch, Work<K, V> work) {
        var separate = List.copyOf(reduced.keySet());
        var together = separate.isEmpty() ? batch : without(separate, batch);
        if (!together.isEmpty()) {
            attempt(together, work);
        }
        separate.forEach(partition -> handle(partition, batch, work));
    }

    private static <K, V> List<ConsumerRecord<K, V>> without(
            List<TopicPartition> separate, List<ConsumerRecord<K, V>> batch) {
        return batch.stream()
                .filter(record -> !separate.contains(partition(record)))
                .toList();
    }

    private <K, V> void handle(TopicPartition partition, List<ConsumerRecord<K, V>> batch, Work<K, V> work) {
        var records = batch.stream()
                .filter(record -> partition.equals(partition(record)))
                .toList();
        for (int from = 0; from < records.size(); ) {
            int to = from + Math.min(records.size() - from, most(partition));
            attempt(records.subList(from, to), work);
            grow(partition);
            from = to;
        }
    }

    private int most(TopicPartition partition) {
        var portion = reduced.get(partition);
        return portion == null ? Integer.MAX_VALUE : portion.most();
    }

    private <K, V> void attempt(List<ConsumerRecord<K, V>> records, Work<K, V> work) {
        long begun = System.nanoTime();
        try {
            work.handle(records);
        } catch (RuntimeException failure) {
            var took = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            if (Transience.isNoConnection(failure)) {
                throw failure;
            }
            if (!isSetAside(records, failure, work)) {
                throw reduce(List.copyOf(records), took, failure);
            }
        }
    }

    private <K, V> boolean isSetAside(List<ConsumerRecord<K, V>> records, RuntimeException failure, Work<K, V> work) {
        return records.size() == 1
                && failuresAlone(partition(records.getFirst())) >= ATTEMPTS_ALONE - 1
                && !Transience.isCauseOf(failure, further)
                && work.setAside(records.getFirst(), failure);
    }

    private int failuresAlone(TopicPartition partition) {
        var portion = reduced.get(partition);
        return portion == null ? 0 : portion.failuresAlone();
    }

    private RuntimeException reduce(List<ConsumerRecord<?, ?>> records, Duration took, RuntimeException failure) {
        var counts = new LinkedHashMap<TopicPartition, Integer>();
        records.forEach(record -> counts.merge(partition(record), 1, Integer::sum));
        boolean alone = records.size() == 1;
        counts.forEach((partition, count) -> reduce(partition, count, alone));
        return alone
                ? UnhandledException.of(records.getFirst(), failure)
                : UnhandledException.of(records, took, failure);
    }

    private void reduce(TopicPartition partition, int count, boolean alone) {
        int failuresAlone = alone ? failuresAlone(partition) + 1 : 0;
        var before = reduced.remove(partition);
        int whole = before == null ? count : before.whole();
        reduced.put(partition, new Portion(Math.max(1, count / 2), whole, failuresAlone));
    }

    private void grow(TopicPartition partition) {
        var portion = reduced.computeIfPresent(partition, (_, small) -> small.grown());
        if (portion != null && portion.isWhole()) {
            reduced.remove(partition);
            log.info("{}: records of {} are handled all at once again", listener, partition);
        }
    }

    private long stuck() {
        synchronized (reduced) {
            return reduced.values().stream().filter(Portion::isStuck).count();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawdown.listener.stuck", this, Portions::stuck)
                .description("Partitions that wait behind a record which cannot be handled, not even alone")
                .tag("listener", listener)
                .register(registry);
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** What a listener does with its records. */
    @FunctionalInterface
    public interface Work<K, V> {

        /** Stores all of these records, or fails and stores none. */
        void handle(List<ConsumerRecord<K, V>> records);

        /**
         * Asked when a record has failed alone several times in a row, and not for a reason that passes by waiting.
         *
         * @return whether the record is kept elsewhere now, so that those behind it may go on
         */
        default boolean setAside(ConsumerRecord<K, V> record, RuntimeException failure) {
            return false;
        }
    }

    /**
     * How many records of a partition are handled at once.
     *
     * @param whole as many as there were when they first failed
     * @param failuresAlone how often in a row the next record has failed alone
     */
    private record Portion(int most, int whole, int failuresAlone) {

        private Portion grown() {
            return new Portion(2 * most, whole, 0);
        }

        private boolean isStuck() {
            return failuresAlone > 0;
        }

        private boolean isWhole() {
            return most >= whole;
        }
    }
}
