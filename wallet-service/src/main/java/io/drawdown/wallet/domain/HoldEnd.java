package io.drawdown.wallet.domain;

/** Why what was held went back. */
public enum HoldEnd {
    /** Somebody asked for it. */
    RELEASED,
    /** The rest of a hold that was captured in part. */
    CAPTURED,
    /** Nobody captured or released it in time. */
    TIMED_OUT
}
