package io.drawdown.wallet.usage;

import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tries parked usage again, and parked corrections after it: what can be drawn down or followed now leaves its table in the
 * transaction that does so.
 */
@Component
class ParkedUsageReplay {

    private static final int ROWS_PER_TRANSACTION = 1_000;

    private final Ledger ledger;
    private final Drawdowns drawdowns;
    private final ParkedUsageTable parkedUsage;
    private final ReplayedUsageTable replayedUsage;
    private final Corrections corrections;
    private final ParkedCorrectionTable parkedCorrections;
    private final Clock clock;

    ParkedUsageReplay(
            Ledger ledger,
            Drawdowns drawdowns,
            ParkedUsageTable parkedUsage,
            ReplayedUsageTable replayedUsage,
            Corrections corrections,
            ParkedCorrectionTable parkedCorrections,
            Clock clock) {
        this.ledger = ledger;
        this.drawdowns = drawdowns;
        this.parkedUsage = parkedUsage;
        this.replayedUsage = replayedUsage;
        this.corrections = corrections;
        this.parkedCorrections = parkedCorrections;
        this.clock = clock;
    }

    /**
     * Goes through all that is parked once. Safe to run at any time, also in several places at once.
     *
     * @return how much usage was drawn down, and how much stays parked
     */
    Result replay() {
        var result = replayUsage();
        replayCorrections();
        return result;
    }

    private void replayCorrections() {
        var place = Optional.of(Place.START);
        while (place.isPresent()) {
            var from = place.get();
            place = ledger.inTransaction(() -> parkedCorrections.lockAfter(from).map(this::follow));
        }
    }

    private Place follow(ParkedCorrection parked) {
        corrections.follow(parked.corrected());
        return new Place(
                parked.corrected().sourcePartition(), parked.corrected().usageOffset());
    }

    private Result replayUsage() {
        var total = new Result(0, 0);
        var place = Place.START;
        while (true) {
            var from = place;
            var step = ledger.inTransaction(() -> replayAfter(from));
            if (step.usage().isEmpty()) {
                return total;
            }
            place = Place.of(step.usage().getLast());
            total = total.plus(step);
        }
    }

    private Step replayAfter(Place place) {
        var before = parkedUsage.lockAfter(place, ROWS_PER_TRANSACTION);
        var usage = before.stream().map(ParkedUsage::usage).toList();
        var replayed = new ReplayedUsage();
        var stillParked = drawdowns.drawDown(usage, replayed);
        replayedUsage.add(replayed.places(), clock.instant());
        var drawn = new HashSet<>(usage);
        stillParked.forEach(parked -> drawn.remove(parked.usage()));
        parkedUsage.remove(drawn);
        explainAnew(before, stillParked);
        return new Step(usage, stillParked.size());
    }

    /** Only where the reason has changed: most of what waits long waits for the same thing. */
    private void explainAnew(List<ParkedUsage> before, List<ParkedUsage> stillParked) {
        var known = new HashSet<>(before);
        parkedUsage.explain(
                stillParked.stream().filter(parked -> !known.contains(parked)).toList());
    }

    private record Step(List<Usage> usage, int stillParked) {}

    /** How a replay went. */
    record Result(int drawnDown, int stillParked) {

        private Result plus(Step step) {
            return new Result(drawnDown + step.usage().size() - step.stillParked(), stillParked + step.stillParked());
        }
    }
}
