package io.drawdown.wallet.usage;

import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a history, so many times and no more: where events of other kinds stand between those that are looked for, halving
 * does not help, and whoever waits for the search would wait for ever.
 */
final class BoundedReads {

    private final int most;
    private final SoughtUsage sought;
    private int reads;

    BoundedReads(int most, SoughtUsage sought) {
        this.most = most;
        this.sought = sought;
    }

    /**
     * What a reading gives.
     *
     * @throws NotYetCorrectable if it would be one too many
     */
    <T> @Nullable T next(Supplier<@Nullable T> reading) {
        if (++reads > most) {
            throw new NotYetCorrectable(
                    Reason.SEARCH_TOO_LONG,
                    "Where usage " + sought.name().id() + " of " + sought.name().source()
                            + " stands on the ledger does not show in " + most
                            + " readings: too many events of other kinds or partitions stand between; settle this"
                            + " correction by hand");
        }
        return reading.get();
    }
}
