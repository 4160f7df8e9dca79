package io.drawdown.wallet.domain;

/** How usage of a meter is paid for: each usage event in exactly one way. */
public enum Settlement {
    /** Out of the wallet. */
    PREPAID,
    /** By a meter in Stripe, after the period. */
    ARREARS,
    /** Out of the wallet where its grants cover the usage event in whole; else by the meter in Stripe, in whole. */
    PREPAID_THEN_ARREARS
}
