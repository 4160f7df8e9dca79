package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds accepted usage to its totals, a batch in one transaction with the positions of its partitions.
 *
 * <p>Source offsets rise along a partition, so what lies at or below the position has been counted. Batches are large on
 * purpose: the database sees each total of a batch once.
 */
final class AcceptedUsageListener {

    private final TotalsTable totals;
    private final TotalsProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    AcceptedUsageListener(
            TotalsTable totals, TotalsProperties properties, TransactionOperations transactions, Clock clock) {
        this.totals = totals;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    @KafkaListener(
            id = "usage-totals",
            groupId = "${spring.application.name}.totals",
            topics = Topic.Name.USAGE_ACCEPTED,
            batch = "true",
            properties = {"max.poll.records=20000", "fetch.min.bytes=500000", "fetch.max.wait.ms=500"})
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
        while (index < batch.size() && batch.get(index).value() instanceof UsageAccepted) {
            index++;
        }
        return index;
    }

    private void add(List<ConsumerRecord<String, SpecificRecord>> batch) {
        var partitions = batch.stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
        var positions = totals.lockPositions(partitions);
        var fold = new TotalsFold(properties.dimensions());
        batch.forEach(record -> add(record.partition(), (UsageAccepted) record.value(), positions, fold));
        totals.add(fold.tallies(), clock.instant());
        totals.movePositions(positions);
    }

    private static void add(int partition, UsageAccepted usage, Map<Integer, Long> positions, TotalsFold fold) {
        if (usage.getSourceOffset() > positions.getOrDefault(partition, -1L)) {
            fold.add(usage);
            positions.put(partition, usage.getSourceOffset());
        }
    }
}
