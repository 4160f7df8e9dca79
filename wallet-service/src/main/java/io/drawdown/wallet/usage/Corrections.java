package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletRejection;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Has usage count as a correction says, wherever it is by now: parked, drawn down, or not there. Inside a ledger transaction. */
@Component
class Corrections {

    private final Catalogue catalogue;
    private final Wallets wallets;
    private final DrawnUsages drawn;
    private final ParkedUsageTable parkedUsage;
    private final ParkedCorrectionTable parkedCorrections;
    private final Clock clock;

    Corrections(
            Catalogue catalogue,
            Wallets wallets,
            DrawnUsages drawn,
            ParkedUsageTable parkedUsage,
            ParkedCorrectionTable parkedCorrections,
            Clock clock) {
        this.catalogue = catalogue;
        this.wallets = wallets;
        this.drawn = drawn;
        this.parkedUsage = parkedUsage;
        this.parkedCorrections = parkedCorrections;
        this.clock = clock;
    }

    /**
     * Follows a correction, or parks it. Either way it takes the place of an earlier one that is parked.
     *
     * @return whether it was followed
     */
    boolean follow(CorrectedUsage corrected) {
        // Before the wallet, as a replay does: otherwise the two could wait for each other.
        parkedCorrections.lock(corrected);
        try {
            if (!parkedUsage.correct(corrected)) {
                adjust(corrected);
            }
            parkedCorrections.remove(corrected);
            return true;
        } catch (NotYetCorrectable not) {
            parkedCorrections.park(new ParkedCorrection(corrected, not.reason(), not.detail()));
            return false;
        }
    }

    private void adjust(CorrectedUsage corrected) {
        var payer = wallets.ofAccount(corrected.accountId()).stream()
                .filter(walletId -> drawn.find(wallets.get(walletId), corrected).isPresent())
                .findFirst()
                .orElseThrow(() -> notInLedger(corrected));
        var now = Wallets.instantOf(clock);
        wallets.update(payer, wallet -> adjust(wallet, corrected, now));
    }

    /** The history is read after the wallet: whoever writes between the two makes this transaction run again. */
    private void adjust(Wallet wallet, CorrectedUsage corrected, Instant now) {
        var state = wallet.state();
        var usage = drawn.find(state, corrected).orElseThrow(() -> notInLedger(corrected));
        var correcting = new Correcting(
                state, catalogue.prices(), usage, corrected, period -> drawn.others(state, period, corrected), now);
        try {
            correcting.adjustments().forEach(wallet::handle);
        } catch (WalletRejection.MoreThanBurned refusal) {
            throw new NotYetCorrectable(Reason.PRICE_CHANGED, String.valueOf(refusal.getMessage()));
        }
    }

    private static NotYetCorrectable notInLedger(CorrectedUsage corrected) {
        return new NotYetCorrectable(
                Reason.NOT_IN_LEDGER,
                "Usage " + corrected.usageId() + " of " + corrected.source()
                        + " was neither drawn down nor parked: it was left to Stripe's meters and is to be corrected there, or"
                        + " it is among the dead letters");
    }
}
