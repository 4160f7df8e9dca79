package io.drawdown.crm;

import io.drawdown.wallet.Ledger;

/** Reaches into another service. */
public final class Neighbour {

    private final Ledger ledger = new Ledger();

    Ledger ledger() {
        return ledger;
    }
}
