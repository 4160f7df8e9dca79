package io.drawdown.wallet.usage;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.wallet.usage.UsageIntake.Move;
import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.deadletter.Portions;
import io.drawdown.wire.deadletter.Portions.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/**
 * Takes accepted usage in batches, each as large as the broker has it ready.
 *
 * <p>Reading begins where the table of positions says. The consumer group's offsets are committed too, for those who
 * watch lag, but decide nothing.
 */
@Component
class UsageListener implements ConsumerSeekAware {

    static final String ID = "usage";

    private static final Logger log = LoggerFactory.getLogger(UsageListener.class);

    private final UsageIntake intake;
    private final UsagePositions positions;
    private final UsageTopics topics;
    private final FailedAccounts failedAccounts;
    private final DeadLetters deadLetters;
    private final Portions portions;
    private final Clock clock;
    private final Counter passedOver;
    private final Timer age;

    UsageListener(
            UsageIntake intake,
            UsagePositions positions,
            UsageTopics topics,
            FailedAccounts failedAccounts,
            DeadLetters deadLetters,
            Portions portions,
            Clock clock,
            MeterRegistry meters) {
        this.intake = intake;
        this.positions = positions;
        this.topics = topics;
        this.failedAccounts = failedAccounts;
        this.deadLetters = deadLetters;
        this.portions = portions;
        this.clock = clock;
        this.passedOver = Counter.builder("drawdown.wallet.usage.passed.over")
                .description("Accepted usage that was new here, but whose source position counts as handled")
                .register(meters);
        this.age = Timer.builder("drawdown.wallet.usage.age")
                .description("From the broker's storing of usage to its draw-down, of the oldest event of each batch")
                .register(meters);
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        topics.look(assigned.keySet());
        failedAccounts.reload();
        assigned.keySet()
                .forEach(partition -> seek.seek(
                        partition.topic(),
                        partition.partition(),
                        positions.reload(partition.partition()).nextOffset()));
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            portions.forget(revoked);
        }
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            topics = Topic.Name.USAGE_ACCEPTED,
            properties = Topic.READ_AS_IT_COMES,
            containerFactory = "usageListenerFactory",
            concurrency = "${drawdown.wallet.usage.concurrency:2}")
    void on(List<ConsumerRecord<String, SpecificRecord>> batch, Consumer<?, ?> consumer) {
        portions.handle(batch, new Work<>() {

            @Override
            public void handle(List<ConsumerRecord<String, SpecificRecord>> portion) {
                take(portion, consumer);
            }

            @Override
            public boolean setAside(ConsumerRecord<String, SpecificRecord> record, RuntimeException failure) {
                return topics.knows(record)
                        && !failedAccounts.areTooMany()
                        && UsageListener.this.setAside(record, failure);
            }
        });
    }

    private boolean setAside(ConsumerRecord<String, SpecificRecord> record, RuntimeException failure) {
        var position = positions.of(record.partition());
        if (record.value() instanceof UsageCorrected value) {
            var corrected = UsageReader.read(record, value);
            if (position.hasHandled(corrected.sourceOffset())) {
                return false;
            }
            var move = new Move(position, position.after(corrected.sourceOffset(), record.offset()));
            intake.setAside(corrected, move, failure);
            log.error(
                    "Correction {} of usage {} of account {} cannot be followed and is parked",
                    corrected.correction().id(),
                    corrected.usageId(),
                    corrected.accountId(),
                    failure);
        } else {
            var usage = UsageReader.read(record);
            if (position.hasHandled(usage.sourceOffset())) {
                return false; // A repeat that was parked would be drawn down besides.
            }
            var move = new Move(position, position.after(usage.sourceOffset(), record.offset()));
            intake.setAside(usage, move, failure);
            log.error(
                    "Usage {} of {} cannot be drawn down and is parked; what follows of account {} waits behind it",
                    usage.id(),
                    usage.source(),
                    usage.accountId(),
                    failure);
        }
        return true;
    }

    private void take(List<ConsumerRecord<String, SpecificRecord>> records, Consumer<?, ?> consumer) {
        topics.requireKnown(records);
        var batch = new Batch();
        for (var record : records) {
            if (record.value() instanceof UsageCorrected corrected) {
                // It may concern what stands before it in this batch.
                batch.record();
                batch = new Batch();
                correct(record, corrected, consumer);
            } else {
                batch.read(record, consumer);
            }
        }
        batch.record();
    }

    private void correct(ConsumerRecord<String, SpecificRecord> record, UsageCorrected value, Consumer<?, ?> consumer) {
        var position = positions.of(record.partition());
        if (record.offset() < position.nextOffset()) {
            return;
        }
        var corrected = readable(record, consumer, () -> UsageReader.read(record, value));
        var handled = corrected == null ? position.sourceOffset() : corrected.sourceOffset();
        var move = new Move(position, position.after(handled, record.offset()));
        if (corrected != null && !position.hasHandled(corrected.sourceOffset())) {
            intake.record(corrected, move);
            return;
        }
        if (corrected != null) {
            tellOf(List.of(() -> passedOver(
                    record, corrected.correction().id(), corrected.source(), corrected.sourceOffset(), position)));
        }
        intake.record(List.of(), Map.of(record.partition(), move));
    }

    /** Usage of several partitions, and where their positions move with it. */
    private final class Batch {

        private final List<Usage> usage = new ArrayList<>();
        private final Map<Integer, Move> moves = new TreeMap<>();
        private final List<Supplier<String>> repeats = new ArrayList<>();
        private long oldestMillis = Long.MAX_VALUE;

        private void read(ConsumerRecord<String, SpecificRecord> record, Consumer<?, ?> consumer) {
            var move = moves.get(record.partition());
            var position = move == null ? positions.of(record.partition()) : move.to();
            if (record.offset() < position.nextOffset()) {
                return;
            }
            var read = readable(record, consumer, () -> UsageReader.read(record));
            if (read != null) {
                if (position.hasHandled(read.sourceOffset())) {
                    repeats.add(() -> passedOver(record, read.id(), read.source(), read.sourceOffset(), position));
                } else {
                    usage.add(read);
                    oldestMillis = Math.min(oldestMillis, record.timestamp());
                }
            }
            var handled = read == null ? position.sourceOffset() : read.sourceOffset();
            moves.put(
                    record.partition(),
                    new Move(move == null ? position : move.from(), position.after(handled, record.offset())));
        }

        private void record() {
            if (!moves.isEmpty()) {
                intake.record(usage, moves);
            }
            tellOf(repeats);
            if (!usage.isEmpty()) {
                age.record(Math.max(0, clock.millis() - oldestMillis), TimeUnit.MILLISECONDS);
            }
        }
    }

    /**
     * What the gate sent again after a crash. The log of the gate alone can tell that it was sent before, so this is not
     * silent; but a crash may bring hundreds, of which one line names the first.
     */
    private void tellOf(List<Supplier<String>> repeats) {
        passedOver.increment(repeats.size());
        if (!repeats.isEmpty()) {
            log.warn(
                    "Passed over {} accepted before, the first: {}",
                    repeats.size(),
                    repeats.getFirst().get());
        }
    }

    private static String passedOver(
            ConsumerRecord<?, ?> record, String id, String source, long sourceOffset, Position position) {
        return "usage %s of %s at offset %d of partition %d, whose source position %d is not beyond %d, up to which usage has been handled"
                .formatted(id, source, record.offset(), record.partition(), sourceOffset, position.sourceOffset());
    }

    /** Null for a record that no retry can help: it is with the dead letters before the batch is recorded. */
    private <T> @Nullable T readable(
            ConsumerRecord<String, SpecificRecord> record, Consumer<?, ?> consumer, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException poison) {
            deadLetters.accept(record, consumer, poison);
            return null;
        }
    }
}
