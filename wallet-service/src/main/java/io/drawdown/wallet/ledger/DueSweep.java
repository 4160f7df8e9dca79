package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.DueWallets.Due;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what has become due in wallets that nobody has touched since. Costs one look at an index when nothing is due; each
 * wallet is settled in a transaction of its own, so that one which fails holds up no other.
 */
final class DueSweep {

    private static final Logger log = LoggerFactory.getLogger(DueSweep.class);
    private static final int WALLETS_AT_ONCE = 500;
    private static final Due START = new Due(Instant.EPOCH, WalletId.of(new AccountId("0")));

    private final DueWallets dueWallets;
    private final Ledger ledger;
    private final Wallets wallets;
    private final Clock clock;

    DueSweep(DueWallets dueWallets, Ledger ledger, Wallets wallets, Clock clock) {
        this.dueWallets = dueWallets;
        this.ledger = ledger;
        this.wallets = wallets;
        this.clock = clock;
    }

    /** Goes through all wallets that have something to settle now. Safe to run in several places at once. */
    void sweep() {
        var now = Wallets.instantOf(clock);
        var page = dueWallets.after(START, now, WALLETS_AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(this::settle);
            page = dueWallets.after(page.getLast(), now, WALLETS_AT_ONCE);
        }
    }

    private void settle(Due due) {
        try {
            ledger.inTransaction(() -> {
                var settled = wallets.execute(new SettleDue(due.walletId(), Wallets.instantOf(clock)));
                dueWallets.lock(due.walletId()); // What others have noted before is in the wallet that is read now,
                dueWallets.set(wallets.get(due.walletId())); // and what they note later comes after this.
                return settled;
            });
        } catch (RuntimeException e) {
            log.warn("What is due in {} since {} is not settled and is tried again", due.walletId(), due.at(), e);
        }
    }
}
