package io.drawdown.chaos.fault;

import java.time.Duration;

/**
 * A fault that was brought about, or was to be.
 *
 * @param at since the beginning of the run
 * @param detail which process it hit, or why none
 */
public record Injection(Duration at, Fault fault, Outcome outcome, String detail) {

    /** What came of it. */
    public enum Outcome {
        /** It came about. */
        CAME,
        /** Whoever was to take the step was there and ready for the whole minute for which it was armed, and nobody took it. */
        NOT_REACHED,
        /** Nobody was there, or not for long enough, whom it could have hit: that says nothing about the step. */
        NOT_TRIED
    }

    /** Whether it came about. */
    public boolean happened() {
        return outcome == Outcome.CAME;
    }
}
