package io.drawdown.wallet.credit;

import io.drawdown.wallet.domain.CreditLine;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
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
            lines.forEach(this::followAmongOthers);
            return lines;
        });
    }

    /**
     * All that is known to have reversed a line, the one that has just come first: what it gives back another may take that found
     * nothing left before.
     */
    private void followAmongOthers(ReversedLine line) {
        table.ofLine(line.lineId()).stream()
                .sorted(Comparator.comparing(known -> !known.reversalId().equals(line.reversalId())))
                .forEach(this::followIfCredited);
    }

    /** A line that has brought no credit, or not yet, has nothing to claw back; the table remembers it. */
    private void followIfCredited(ReversedLine line) {
        var account = line.accountId();
        if (account != null) {
            wallets.ofAccount(account).forEach(id -> follow(id, line, given(id, line)));
        }
    }

    private void follow(WalletId id, ReversedLine line, List<Grant> grants) {
        grants.forEach(grant -> wallets.execute(command(id, line, grant)));
    }

    /** What was bought first, then its bonus. */
    private List<Grant> given(WalletId id, ReversedLine line) {
        var given = history.given(id, line.grantIds());
        return line.grantIds().stream()
                .filter(given::containsKey)
                .map(given::get)
                .toList();
    }

    /** To be called before lines are credited, and before any wallet is touched. */
    void lock(List<PaidLine> lines) {
        table.lock(lines.stream().map(PaidLine::lineId).toList());
    }

    /** Follows what was heard of lines before they were credited: earlier, or within this transaction. */
    void catchUp(WalletState credited, List<CreditLine> lines) {
        for (var paid : lines) {
            for (var line : table.ofLine(paid.lineId())) {
                var given = given(credited.id(), line);
                follow(
                        credited.id(),
                        line,
                        given.isEmpty() ? paid.grants(credited.recordedAt(), credited.zone()) : given);
            }
        }
    }

    private FollowReversal command(WalletId id, ReversedLine line, Grant granted) {
        return new FollowReversal(
                id, line.reversalId(), line.kind(), line.of(granted), line.seenAt(), Wallets.instantOf(clock));
    }
}
