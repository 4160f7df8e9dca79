package io.drawdown.wallet.domain;

/** How a top-up ended. */
public enum ReplenishmentOutcome {
    PAID,
    FAILED
}
