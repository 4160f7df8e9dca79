package io.drawdown.wallet.usage;

import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.Transience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tries parked corrections again: what can be followed now leaves its table in the transaction that does so. */
@Component
class ParkedCorrectionReplay {

    private static final Logger log = LoggerFactory.getLogger(ParkedCorrectionReplay.class);

    private final Ledger ledger;
    private final Corrections corrections;
    private final ParkedCorrectionTable parkedCorrections;
    private final PassingFailure further;

    ParkedCorrectionReplay(
            Ledger ledger, Corrections corrections, ParkedCorrectionTable parkedCorrections, PassingFailure further) {
        this.ledger = ledger;
        this.corrections = corrections;
        this.parkedCorrections = parkedCorrections;
        this.further = further;
    }

    /** Goes through all that are parked once. Safe to run at any time, also in several places at once. */
    void replay() {
        var next = parkedCorrections.after(Place.START);
        while (next.isPresent()) {
            var corrected = next.get().corrected();
            replay(corrected);
            next = parkedCorrections.after(new Place(corrected.sourcePartition(), corrected.usageOffset()));
        }
    }

    private void replay(CorrectedUsage corrected) {
        try {
            ledger.inTransaction(() ->
                    parkedCorrections.lockLatest(corrected).map(latest -> corrections.follow(latest.corrected())));
        } catch (RuntimeException failure) {
            if (Transience.isCauseOf(failure, further)) {
                throw failure;
            }
            log.warn(
                    "Correction {} of usage {} of account {} cannot be followed and stays parked",
                    corrected.correction().id(),
                    corrected.usageId(),
                    corrected.accountId(),
                    failure);
            setAside(corrected, failure);
        }
    }

    private void setAside(CorrectedUsage corrected, RuntimeException failure) {
        ledger.inTransaction(() -> {
            var latest = parkedCorrections.lockLatest(corrected);
            latest.ifPresent(parked -> corrections.setAside(parked.corrected(), failure));
            return latest;
        });
    }
}
