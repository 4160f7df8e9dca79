package io.drawdown.wallet.domain;

import java.sql.Timestamp;
import java.time.Instant;

/** Breaks what a domain has to keep: a binary fraction, an adapter's type, a look at the clock. */
public final class GuessedBalance {

    private final double amount;

    GuessedBalance(double amount) {
        this.amount = amount;
    }

    double amount() {
        return amount;
    }

    Timestamp asOf() {
        return Timestamp.from(Instant.now());
    }
}
