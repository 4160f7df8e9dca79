package io.drawdown.wallet.domain;

import java.util.Currency;

/** Two amounts of different currencies met. Nothing here converts; the caller must not let them meet. */
public final class CurrencyMismatchException extends RuntimeException {

    private final Currency expected;
    private final Currency actual;

    public CurrencyMismatchException(Currency expected, Currency actual) {
        super("Expected an amount in " + expected + " but got one in " + actual
                + "; amounts of different currencies are never combined");
        this.expected = expected;
        this.actual = actual;
    }

    public Currency expected() {
        return expected;
    }

    public Currency actual() {
        return actual;
    }
}
