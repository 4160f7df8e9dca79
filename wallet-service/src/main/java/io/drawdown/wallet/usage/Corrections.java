package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.UsageInArrears.Measure;
import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletCommand.AdjustArrears;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
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
    private final UsageEvents events;
    private final DrawnUsages drawnUsages;
    private final LeftUsages leftUsages;
    private final ParkedUsageTable parkedUsage;
    private final ParkedCorrectionTable parkedCorrections;
    private final Clock clock;

    Corrections(
            Catalogue catalogue,
            Wallets wallets,
            UsageEvents events,
            DrawnUsages drawnUsages,
            LeftUsages leftUsages,
            ParkedUsageTable parkedUsage,
            ParkedCorrectionTable parkedCorrections,
            Clock clock) {
        this.catalogue = catalogue;
        this.wallets = wallets;
        this.events = events;
        this.drawnUsages = drawnUsages;
        this.leftUsages = leftUsages;
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

    /** Parks a correction that cannot be followed for a reason that was not foreseen. */
    void setAside(CorrectedUsage corrected, RuntimeException failure) {
        parkedCorrections.park(new ParkedCorrection(corrected, Reason.FAILED, ParkedUsage.explain(failure)));
    }

    private void adjust(CorrectedUsage corrected) {
        var holder = wallets.ofAccount(corrected.accountId()).stream()
                .filter(walletId ->
                        events.find(wallets.get(walletId), corrected.usage()).isPresent())
                .findFirst()
                .orElseThrow(() -> notInLedger(corrected));
        var now = Wallets.instantOf(clock);
        wallets.update(holder, wallet -> adjust(wallet, corrected, now));
    }

    /** The history is read after the wallet: whoever writes between the two makes this transaction run again. */
    private void adjust(Wallet wallet, CorrectedUsage corrected, Instant now) {
        var event = events.find(wallet.state(), corrected.usage()).orElseThrow(() -> notInLedger(corrected));
        if (event instanceof UsageLeftToArrears left) {
            adjust(wallet, leftUsages.of(left, corrected.usage().name()), corrected, now);
        } else {
            adjust(wallet, drawnUsages.of(event, corrected.usage().name()), corrected, now);
        }
    }

    /** Usage stays with who bills it, whatever the wallet could pay for by now. */
    private static void adjust(Wallet wallet, UsageInArrears usage, CorrectedUsage corrected, Instant now) {
        var replacement = corrected.replacement();
        var after = replacement == null ? null : new Measure(replacement.quantity(), replacement.occurredAt());
        usage.adjustedTo(after, corrected.correction())
                .ifPresent(adjustment ->
                        wallet.handle(new AdjustArrears(wallet.state().id(), adjustment, now)));
    }

    private void adjust(Wallet wallet, DrawnUsage usage, CorrectedUsage corrected, Instant now) {
        var state = wallet.state();
        var correcting = new Correcting(
                state,
                catalogue.prices(),
                usage,
                corrected,
                period -> drawnUsages.others(state, period, corrected.usage().name()),
                now);
        try {
            wallet.handle(correcting.adjustments());
        } catch (WalletRejection.MoreThanBurned refusal) {
            throw new NotYetCorrectable(Reason.PRICE_CHANGED, String.valueOf(refusal.getMessage()));
        } catch (WalletRejection.TooManyGrantsBurned refusal) {
            throw new NotYetCorrectable(Reason.TOO_MANY_GRANTS, String.valueOf(refusal.getMessage()));
        }
    }

    private static NotYetCorrectable notInLedger(CorrectedUsage corrected) {
        return new NotYetCorrectable(
                Reason.NOT_IN_LEDGER,
                "Usage " + corrected.usageId() + " of " + corrected.source()
                        + " was neither drawn down, left to Stripe's meters nor parked: it is among the dead letters, or has yet to come");
    }
}
