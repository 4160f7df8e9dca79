package io.drawdown.wallet.usage;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.usage.UsageIntake.Move;
import io.drawdown.wire.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
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

    private final UsageIntake intake;
    private final UsagePositions positions;
    private final DeadLetters deadLetters;

    UsageListener(UsageIntake intake, UsagePositions positions, DeadLetters deadLetters) {
        this.intake = intake;
        this.positions = positions;
        this.deadLetters = deadLetters;
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
    void on(List<ConsumerRecord<String, UsageAccepted>> records, Consumer<?, ?> consumer) {
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
            ConsumerRecord<String, UsageAccepted> record,
            Consumer<?, ?> consumer,
            List<Usage> usage,
            Map<Integer, Move> moves) {
        var move = moves.get(record.partition());
        var position = move == null ? positions.of(record.partition()) : move.to();
        if (record.offset() < position.nextOffset()) {
            return;
        }
        var read = readable(record, consumer);
        if (read != null && !position.covers(read.sourceOffset(), record.offset())) {
            usage.add(read);
        }
        var handled = read == null ? position.sourceOffset() : read.sourceOffset();
        moves.put(
                record.partition(),
                new Move(move == null ? position : move.from(), position.after(handled, record.offset())));
    }

    /** Null for a record that no retry can help: it is with the dead letters before the batch is recorded. */
    private @Nullable Usage readable(ConsumerRecord<String, UsageAccepted> record, Consumer<?, ?> consumer) {
        try {
            return UsageReader.read(record);
        } catch (IllegalArgumentException poison) {
            deadLetters.accept(record, consumer, poison);
            return null;
        }
    }
}
