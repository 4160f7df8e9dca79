package io.drawdown.usage.totals;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import java.util.HashMap;
import java.util.Map;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What was read and is not in the database yet, added up: it takes the memory of its totals and not that of the records.
 * Used by one thread.
 *
 * <p>Source offsets rise along a partition, so what lies at or below the stored position has been counted. The sums are worth
 * something only as long as the positions are those with which they began: when another instance has moved them, they are
 * dropped.
 */
final class UnstoredTotals {

    private final TotalsTable table;
    private final Totals totals;
    private final TransactionOperations transactions;
    private final Map<Integer, Long> begun = new HashMap<>();
    private final Map<Integer, Long> reached = new HashMap<>();
    private TotalsFold fold;
    private int events;

    UnstoredTotals(TotalsTable table, Totals totals, TransactionOperations transactions) {
        this.table = table;
        this.totals = totals;
        this.transactions = transactions;
        this.fold = totals.fold();
    }

    /** How many totals, and values and texts that are kept one by one, wait to be stored. */
    int size() {
        return fold.size();
    }

    /** How long the dimensions and texts of what waits to be stored are, together. */
    long characters() {
        return fold.characters();
    }

    /** How many events wait to be stored. */
    int events() {
        return events;
    }

    void add(int partition, UsageAccepted usage) {
        if (moves(partition, usage.getSourceOffset())) {
            fold.add(usage);
            events++;
        }
    }

    /** Stores it at once, with what stands before it: that may be what it corrects. */
    void add(int partition, UsageCorrected corrected) {
        if (moves(partition, corrected.getSourceOffset())) {
            store(() -> totals.correct(corrected));
        }
    }

    private boolean moves(int partition, long sourceOffset) {
        if (sourceOffset <= reached.computeIfAbsent(partition, this::begin)) {
            return false;
        }
        reached.put(partition, sourceOffset);
        return true;
    }

    private long begin(int partition) {
        long position = table.position(partition);
        begun.put(partition, position);
        return position;
    }

    /**
     * Puts all into the database, in one transaction with the positions, and begins anew.
     *
     * @throws DisplacedException when another instance has counted some of it: nothing is stored then
     */
    void store() {
        store(() -> {});
    }

    private void store(Runnable correction) {
        if (!begun.equals(reached)) {
            transactions.executeWithoutResult(_ -> put(correction));
        }
        drop();
    }

    private void put(Runnable correction) {
        if (!table.lockPositions(begun.keySet()).equals(begun)) {
            throw new DisplacedException();
        }
        totals.goOn(begun);
        totals.add(fold);
        correction.run();
        table.movePositions(reached);
    }

    /** Forgets it; it has to be read again. */
    void drop() {
        begun.clear();
        reached.clear();
        fold = totals.fold();
        events = 0;
    }
}
