package io.drawdown.sandbox.payment;

/** What comes after a payment that succeeded. */
public enum Aftermath {
    NOTHING,
    DISPUTE_FRAUDULENT,
    DISPUTE_NOT_RECEIVED,
    INQUIRY,
    REFUNDS_PENDING,
    REFUNDS_FAIL;

    /** Own field of a charge: what is to come. */
    public static final String FIELD = "_aftermath";
}
