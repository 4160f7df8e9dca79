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

    private final WalletHistory history;
    private final ReplayedUsageTable replayed;

    UsageEvents(WalletHistory history, ReplayedUsageTable replayed) {
        this.history = history;
        this.replayed = replayed;
    }

    /** A draw-down, an adjustment by which the usage came, or an event that leaves it to Stripe. */
    Optional<WalletEvent> find(WalletState wallet, SoughtUsage sought) {
        var id = wallet.id();
        var noted = replayed.sequence(id, sought.partition(), sought.offset());
        if (noted.isPresent()) {
            return search(wallet, sought, (begin, end) -> history.usage(id, begin, end))
                    .from(noted.getAsLong());
        }
        // What is left has an index of its own, in which most wallets have nothing.
        return Stream.<History>of(
                        (begin, end) -> left(id, Settlement.ARREARS, begin, end),
                        (begin, end) -> left(id, Settlement.PREPAID_THEN_ARREARS, begin, end),
                        (begin, end) -> history.drawn(id, begin, end))
                .flatMap(series -> search(wallet, sought, series).byPosition().stream())
                .findFirst();
    }

    private static UsageSearch search(WalletState wallet, SoughtUsage sought, History series) {
        return new UsageSearch(series, wallet.version(), sought);
    }

    private @Nullable WalletEvent left(WalletId id, Settlement mode, long begin, long end) {
        var left = history.left(id, begin, end);
        while (left != null && left.mode() != mode) {
            left = history.left(id, left.header().sequence() + 1, end);
        }
        return left;
    }
}
