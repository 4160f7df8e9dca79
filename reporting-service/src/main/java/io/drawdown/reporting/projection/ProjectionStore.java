package io.drawdown.reporting.projection;

import io.drawdown.events.Topic;
import io.drawdown.reporting.projection.Positions.Reached;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** One transaction for what a batch brings and for the position that it reaches. */
@Component
public class ProjectionStore {

    private final Positions positions;
    private final TransactionOperations transactions;

    ProjectionStore(Positions positions, TransactionOperations transactions) {
        this.positions = positions;
        this.transactions = transactions;
    }

    Map<Integer, Long> positions(Topic topic) {
        return positions.of(topic.topicName());
    }

    /**
     * Applies a batch.
     *
     * @param application gets the stored positions, locked; throws to change nothing
     */
    void inTransaction(Topic topic, Collection<Reached> reached, Consumer<Map<Integer, Long>> application) {
        transactions.executeWithoutResult(_ -> {
            var stored = positions.lock(topic.topicName());
            application.accept(stored);
            positions.store(topic.topicName(), stored, further(reached, stored));
        });
    }

    /** A batch that was read again ends before the stored position, which then stays. */
    private static Collection<Reached> further(Collection<Reached> reached, Map<Integer, Long> stored) {
        return reached.stream()
                .filter(at -> at.nextOffset() > stored.getOrDefault(at.partition(), Positions.BEGINNING))
                .toList();
    }
}
