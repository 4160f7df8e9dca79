package io.drawdown.wallet.usage;

import io.drawdown.events.Topic;
import io.drawdown.wallet.usage.UsageIntake.Move;
import io.drawdown.wire.deadletter.DeadLetters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final DeadLetters deadLetters;
    private final Counter passedOver;

    UsageListener(UsageIntake intake, UsagePositions positions, DeadLetters deadLetters, MeterRegistry meters) {
        this.intake = intake;
        this.positions = positions;
        this.deadLetters = deadLetters;
        this.passedOver = Counter.builder("drawdown.wallet.usage.passed.over")
                .description("Accepted usage that was new here, but whose source position counts as handled")
                .register(meters);
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback seek) {
        assigned.keySet()
                .forEach(partition -> seek.seek(
                        partition.topic(),
                        partition.partition(),
                        positions.reload(partition.partition()).nextOffset()));
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            topics = Topic.Name.USAGE_ACCEPTED,
            containerFactory = "usageListenerFactory",
            concurrency = "${drawdown.wallet.usage.concurrency:2}")
    void on(List<ConsumerRecord<String, SpecificRecord>> records, Consumer<?, ?> consumer) {
        var usage = new ArrayList<Usage>(records.size());
        var moves = new TreeMap<Integer, Move>();
        for (var record : records) {
            read(record, consumer, usage, moves);
        }
        if (!moves.isEmpty()) {
            intake.record(usage, moves);
        }
    }

    private void read(
            ConsumerRecord<String, SpecificRecord> record,
            Consumer<?, ?> consumer,
            List<Usage> usage,
            Map<Integer, Move> moves) {
        var move = moves.get(record.partition());
        var position = move == null ? positions.of(record.partition()) : move.to();
        if (record.offset() < position.nextOffset()) {
            return;
        }
        var read = readable(record, consumer);
        if (read != null) {
            if (position.hasHandled(read.sourceOffset())) {
                passOver(record, read, position);
            } else {
                usage.add(read);
            }
        }
        var handled = read == null ? position.sourceOffset() : read.sourceOffset();
        moves.put(
                record.partition(),
                new Move(move == null ? position : move.from(), position.after(handled, record.offset())));
    }

    /**
     * A repeat, if the gate sent its position on before; usage that is lost here, if it did not. The log of the gate alone
     * can tell, so this is not silent.
     */
    private void passOver(ConsumerRecord<?, ?> record, Usage usage, Position position) {
        passedOver.increment();
        log.warn(
                "Passed over usage {} of {} at offset {} of partition {}: its source position {} is not beyond {}, up to"
                        + " which usage has been handled",
                usage.id(),
                usage.source(),
                record.offset(),
                record.partition(),
                usage.sourceOffset(),
                position.sourceOffset());
    }

    /** Null for a record that no retry can help: it is with the dead letters before the batch is recorded. */
    private @Nullable Usage readable(ConsumerRecord<String, SpecificRecord> record, Consumer<?, ?> consumer) {
        try {
            return UsageReader.read(record);
        } catch (IllegalArgumentException poison) {
            deadLetters.accept(record, consumer, poison);
            return null;
        }
    }
}
