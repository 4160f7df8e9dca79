package io.drawdown.wallet.catalog;

/** Whether a price sells wallet credit. */
public enum CreditFlag {
    CREDIT,
    NO_CREDIT,
    /** The catalogue does not have the price yet. */
    UNKNOWN
}
