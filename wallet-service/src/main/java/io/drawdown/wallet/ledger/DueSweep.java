package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.DueWallets.Due;
import io.drawdown.wallet.store.ClockAgreement;
import java.time.Clock;
import java.time.Instant;

/**
 * Settles what has become due in wallets that nobody has touched since. Costs one look at an index when nothing is due; each
 * wallet is settled in a transaction of its own, so that one which fails, be it for want of memory, holds up no other; it is
 * tried again, ever more rarely.
 */
final class DueSweep {

    private static final int WALLETS_AT_ONCE = 500;
    private static final Due START = new Due(Instant.EPOCH, WalletId.of(new AccountId("0")));

    private final DueWallets dueWallets;
    private final Ledger ledger;
    private final Wallets wallets;
    private final FailingWallets failing;
    private final Clock clock;
    private final ClockAgreement clocks;

    DueSweep(
            DueWallets dueWallets,
            Ledger ledger,
            Wallets wallets,
            FailingWallets failing,
            Clock clock,
            ClockAgreement clocks) {
        this.dueWallets = dueWallets;
        this.ledger = ledger;
        this.wallets = wallets;
        this.failing = failing;
        this.clock = clock;
        this.clocks = clocks;
    }

    /** Goes through all wallets that have something to settle now. Safe to run in several processes at once. */
    void sweep() {
        clocks.require();
        var now = Wallets.instantOf(clock);
        var noLongerDue = failing.ids();
        var page = dueWallets.after(START, now, WALLETS_AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(due -> noLongerDue.remove(due.walletId()));
            page.stream().filter(due -> !failing.rests(due.walletId(), now)).forEach(this::settle);
            page = dueWallets.after(page.getLast(), now, WALLETS_AT_ONCE);
        }
        failing.forget(noLongerDue);
    }

    private void settle(Due due) {
        try {
            ledger.inTransaction(() -> settleIn(due.walletId()));
            failing.settled(due.walletId());
        } catch (RuntimeException | Error e) { // An error, too, may be one wallet's: what it takes to fold it.
            failing.failed(due, Wallets.instantOf(clock), e);
        }
    }

    private WalletState settleIn(WalletId id) {
        var now = Wallets.instantOf(clock);
        var settled = wallets.execute(new SettleDue(id, now));
        dueWallets.lock(id); // What others have noted before is in the wallet that is read now,
        dueWallets.set(wallets.get(id), now); // and what they note later comes after this.
        return settled;
    }
}
