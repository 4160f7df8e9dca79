package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.usage.UsageSearch.History;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the event of a wallet that has a usage event. There are three series of events that follow each other as their usage
 * does: what was drawn down, what its meter leaves to Stripe, and what the grants did not cover.
 */
@Component
class UsageEvents {

    /** Halving takes some twenty for each of the series. */
    private static final int READS_MAX = 10_000;

    private final WalletHistory history;
    private final ReplayedUsageTable replayed;

    UsageEvents(WalletHistory history, ReplayedUsageTable replayed) {
        this.history = history;
        this.replayed = replayed;
    }

    /**
     * A draw-down, an adjustment by which the usage came, or an event that leaves it to Stripe.
     *
     * @throws NotYetCorrectable if it takes too long to find out
     */
    Optional<WalletEvent> find(WalletState wallet, SoughtUsage sought) {
        var id = wallet.id();
        var noted = replayed.sequence(id, sought.partition(), sought.offset());
        if (noted.isPresent()) {
            return search(wallet, sought, (begin, end) -> history.usage(id, begin, end))
                    .from(noted.getAsLong());
        }
        var reads = new BoundedReads(READS_MAX, sought);
        // What is left comes last: the two series of it stand in each other's way.
        return Stream.<History>of(
                        (begin, end) -> reads.next(() -> history.drawn(id, begin, end)),
                        (begin, end) -> left(reads, id, Settlement.ARREARS, begin, end),
                        (begin, end) -> left(reads, id, Settlement.PREPAID_THEN_ARREARS, begin, end))
                .flatMap(series -> search(wallet, sought, series).byPosition().stream())
                .findFirst();
    }

    private static UsageSearch search(WalletState wallet, SoughtUsage sought, History series) {
        return new UsageSearch(series, wallet.version(), sought);
    }

    private @Nullable WalletEvent left(BoundedReads reads, WalletId id, Settlement mode, long begin, long end) {
        var left = reads.next(() -> history.left(id, begin, end));
        while (left != null && left.mode() != mode) {
            long next = left.header().sequence() + 1;
            left = reads.next(() -> history.left(id, next, end));
        }
        return left;
    }
}
