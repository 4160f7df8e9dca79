package io.drawdown.billing.domain;

/** Whether money of a payment has gone back. */
public enum ReversalState {
    /** A newer Stripe knows. */
    UNKNOWN,
    /** Nothing has been taken yet. */
    OPEN,
    /** The money is gone, but not for good. */
    WITHHELD,
    /** The money is gone. */
    TAKEN,
    /** Nothing is taken any more. */
    RETURNED;

    /** Whether the money is out of the seller's hands in this state. */
    public boolean takes() {
        return this == WITHHELD || this == TAKEN;
    }
}
