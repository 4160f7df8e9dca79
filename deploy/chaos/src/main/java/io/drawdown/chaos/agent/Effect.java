package io.drawdown.chaos.agent;

/** What becomes of a process that reaches the point for which its trap is set. */
public enum Effect {
    /** It ends at once, as by SIGKILL. */
    ENDS,
    /** It stands still there, as by SIGSTOP, until somebody has it go on. */
    STANDS_STILL
}
