package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Records a batch of usage, or one correction: draw-downs, adjustments, what is parked and positions in one transaction. */
@Component
class UsageIntake {

    private final Ledger ledger;
    private final Drawdowns drawdowns;
    private final ParkedUsageTable parkedUsage;
    private final FailedAccounts failedAccounts;
    private final Corrections corrections;
    private final UsagePositions positions;

    UsageIntake(
            Ledger ledger,
            Drawdowns drawdowns,
            ParkedUsageTable parkedUsage,
            FailedAccounts failedAccounts,
            Corrections corrections,
            UsagePositions positions) {
        this.ledger = ledger;
        this.drawdowns = drawdowns;
        this.parkedUsage = parkedUsage;
        this.failedAccounts = failedAccounts;
        this.corrections = corrections;
        this.positions = positions;
    }

    /**
     * Records usage that has not been handled before. What stands behind usage that failed, of the same account, is parked.
     *
     * @param moves by partition, from where to where its position moves
     * @throws DisplacedException if another instance has moved one of the positions; then nothing was recorded
     */
    void record(List<Usage> usage, Map<Integer, Move> moves) {
        record(moves, () -> {
            var failed = failedAccounts.of(usage);
            var parked = usage.stream()
                    .filter(used -> failed.contains(used.accountId()))
                    .map(ParkedUsage::behindFailed)
                    .toList();
            parkedUsage.add(parked);
            parkedUsage.add(drawdowns.drawDown(withoutThose(failed, usage), Arrival.IN_ORDER));
        });
    }

    private static List<Usage> withoutThose(Set<AccountId> accounts, List<Usage> usage) {
        return accounts.isEmpty()
                ? usage
                : usage.stream()
                        .filter(used -> !accounts.contains(used.accountId()))
                        .toList();
    }

    /** As above, of a correction. */
    void record(CorrectedUsage corrected, Move move) {
        record(Map.of(corrected.sourcePartition(), move), () -> corrections.follow(corrected));
    }

    /** Parks usage that cannot be recorded, and all of its account from then on, until a replay gets through. */
    void setAside(Usage usage, Move move, RuntimeException failure) {
        record(
                Map.of(usage.sourcePartition(), move),
                () -> parkedUsage.add(List.of(ParkedUsage.failed(usage, failure))));
        failedAccounts.add(usage.accountId());
    }

    /** Parks a correction that cannot be recorded. */
    void setAside(CorrectedUsage corrected, Move move, RuntimeException failure) {
        record(Map.of(corrected.sourcePartition(), move), () -> corrections.setAside(corrected, failure));
    }

    private void record(Map<Integer, Move> moves, Runnable work) {
        ledger.inTransaction(() -> {
            // First, so that a displaced instance waits for, or learns of, the other one before it works.
            positions.move(new TreeMap<>(moves));
            work.run();
            return moves;
        });
        moves.forEach((partition, move) -> positions.believe(Map.of(partition, move.to())));
    }

    record Move(Position from, Position to) {}
}
