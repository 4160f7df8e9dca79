package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.WalletState;

/** The account has this wallet already. */
public final class WalletExists extends RuntimeException {

    private final transient WalletState existing;

    WalletExists(WalletState existing) {
        super("Account " + existing.accountId() + " has wallet " + existing.id() + " in " + existing.currency()
                + " already; use that one");
        this.existing = existing;
    }

    public WalletState existing() {
        return existing;
    }
}
