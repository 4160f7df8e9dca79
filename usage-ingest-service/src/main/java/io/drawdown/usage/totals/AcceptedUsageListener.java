package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds accepted usage to its totals and corrects them, a batch in one transaction with the positions of its partitions.
 *
 * <p>Source offsets rise along a partition, so what lies at or below the position has been counted. Batches are large on
 * purpose: the database sees each total of a batch once.
 */
final class AcceptedUsageListener {

    private final TotalsTable table;
    private final Totals totals;
    private final TransactionOperations transactions;

    AcceptedUsageListener(TotalsTable table, Totals totals, TransactionOperations transactions) {
        this.table = table;
        this.totals = totals;
        this.transactions = transactions;
    }

    @KafkaListener(
            id = "usage-totals",
            groupId = "${spring.application.name}.totals",
            topics = Topic.Name.USAGE_ACCEPTED,
            batch = "true",
            properties = {"max.poll.records=50000", "fetch.min.bytes=4000000", "fetch.max.wait.ms=1000"})
    void on(List<ConsumerRecord<String, SpecificRecord>> batch) {
        int strange = firstStrange(batch);
        transactions.executeWithoutResult(_ -> add(batch.subList(0, strange)));
        if (strange < batch.size()) {
            throw new BatchListenerFailedException("Totals do not know this record's type", batch.get(strange));
        }
    }

    /** What stands before it is stored before it is named: the container takes it for done. */
    private static int firstStrange(List<ConsumerRecord<String, SpecificRecord>> batch) {
        int index = 0;
        while (index < batch.size() && isKnown(batch.get(index).value())) {
            index++;
        }
        return index;
    }

    private static boolean isKnown(SpecificRecord record) {
        return record instanceof UsageAccepted || record instanceof UsageCorrected;
    }

    private void add(List<ConsumerRecord<String, SpecificRecord>> batch) {
        var partitions = batch.stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
        var positions = table.lockPositions(partitions);
        var fold = totals.fold();
        for (var record : batch) {
            if (record.value() instanceof UsageAccepted usage) {
                if (moves(positions, record.partition(), usage.getSourceOffset())) {
                    fold.add(usage);
                }
            } else if (record.value() instanceof UsageCorrected corrected
                    && moves(positions, record.partition(), corrected.getSourceOffset())) {
                // What it corrects may be in the same batch.
                totals.add(fold);
                fold = totals.fold();
                totals.correct(corrected);
            }
        }
        totals.add(fold);
        table.movePositions(positions);
    }

    private static boolean moves(Map<Integer, Long> positions, int partition, long sourceOffset) {
        if (sourceOffset <= positions.getOrDefault(partition, -1L)) {
            return false;
        }
        positions.put(partition, sourceOffset);
        return true;
    }
}
