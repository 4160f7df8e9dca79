package io.drawdown.wallet.usage;

import io.drawdown.wallet.ledger.Ledger;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Records a batch of usage, or one correction: draw-downs, adjustments, what is parked and positions in one transaction. */
@Component
class UsageIntake {

    private final Ledger ledger;
    private final Drawdowns drawdowns;
    private final ParkedUsageTable parkedUsage;
    private final Corrections corrections;
    private final UsagePositions positions;

    UsageIntake(
            Ledger ledger,
            Drawdowns drawdowns,
            ParkedUsageTable parkedUsage,
            Corrections corrections,
            UsagePositions positions) {
        this.ledger = ledger;
        this.drawdowns = drawdowns;
        this.corrections = corrections;
        this.parkedUsage = parkedUsage;
        this.positions = positions;
    }

    /**
     * Records usage that has not been handled before.
     *
     * @param moves by partition, from where to where its position moves
     * @throws DisplacedException if another instance has moved one of the positions; then nothing was recorded
     */
    void record(List<Usage> usage, Map<Integer, Move> moves) {
        record(moves, () -> parkedUsage.add(drawdowns.drawDown(usage, Arrival.IN_ORDER)));
    }

    /** As above, of a correction. */
    void record(CorrectedUsage corrected, Move move) {
        record(Map.of(corrected.sourcePartition(), move), () -> corrections.follow(corrected));
    }

    private void record(Map<Integer, Move> moves, Runnable work) {
        ledger.inTransaction(() -> {
            // First, so that a displaced instance waits for, or learns of, the other one before it works.
            moves.forEach((partition, move) -> positions.move(partition, move.from(), move.to()));
            work.run();
            return moves;
        });
        moves.forEach((partition, move) -> positions.believe(Map.of(partition, move.to())));
    }

    record Move(Position from, Position to) {}
}
