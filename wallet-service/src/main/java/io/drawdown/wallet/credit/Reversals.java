package io.drawdown.wallet.credit;

import io.drawdown.wallet.domain.ReversedGrant;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets credit follow the money that paid for it, whichever of the two is heard of first. */
@Component
class Reversals {

    private final Ledger ledger;
    private final Wallets wallets;
    private final WalletHistory history;
    private final ReversalTable table;
    private final Clock clock;

    Reversals(Ledger ledger, Wallets wallets, WalletHistory history, ReversalTable table, Clock clock) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.history = history;
        this.table = table;
        this.clock = clock;
    }

    /** Follows one refund, dispute or credit note; repeats and older states change nothing. */
    void follow(@Nullable String traceparent, List<ReversedLine> lines) {
        ledger.inTransaction(traceparent, () -> {
            table.lock(lines.stream().map(ReversedLine::lineId).toList());
            lines.forEach(table::keep);
            lines.forEach(this::followIfCredited);
            return lines;
        });
    }

    /** A line that has brought no credit, or not yet, has nothing to claw back; the table remembers it. */
    private void followIfCredited(ReversedLine line) {
        var account = line.accountId();
        if (account != null) {
            wallets.ofAccount(account)
                    .forEach(id -> granted(id, line)
                            .ifPresent(granted -> wallets.execute(command(id, line, of(granted, line)))));
        }
    }

    private Optional<CreditGranted> granted(WalletId id, ReversedLine line) {
        return history.grant(id, line.grantId());
    }

    private static ReversedGrant of(CreditGranted granted, ReversedLine line) {
        return line.of(granted.amount(), granted.effectiveAt());
    }

    /** To be called before lines are credited, and before any wallet is touched. */
    void lock(List<PaidLine> lines) {
        table.lock(lines.stream().map(PaidLine::lineId).toList());
    }

    /** Follows what was heard of lines before they were credited, which must have been within this transaction. */
    void catchUp(WalletId id, List<PaidLine> credited, Instant creditedAt) {
        for (var paid : credited) {
            for (var line : table.ofLine(paid.lineId())) {
                var reversed = granted(id, line)
                        .map(granted -> of(granted, line))
                        .orElseGet(() -> line.of(paid.subtotal(), creditedAt));
                wallets.execute(command(id, line, reversed));
            }
        }
    }

    private FollowReversal command(WalletId id, ReversedLine line, ReversedGrant reversed) {
        return new FollowReversal(
                id, line.reversalId(), line.kind(), reversed, line.seenAt(), Wallets.instantOf(clock));
    }
}
