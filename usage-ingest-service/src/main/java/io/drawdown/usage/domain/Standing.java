package io.drawdown.usage.domain;

/** Whether an event is judged for the first time. */
public enum Standing {
    /** Every rule applies. */
    NEW,
    /**
     * The event was claimed before and comes again after a crash, which may have kept it from being sent: a state that changed since (the account closed, the
     * meter switched off) cannot take the acceptance back, or the usage would be lost when its record had not been sent.
     */
    ALREADY_ACCEPTED
}
