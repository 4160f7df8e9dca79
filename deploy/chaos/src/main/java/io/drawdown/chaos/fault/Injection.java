package io.drawdown.chaos.fault;

import java.time.Duration;

/**
 * A fault that was brought about, or was to be.
 *
 * @param at since the beginning of the run
 * @param happened whether it came about: a crash point may not be reached in time
 * @param detail which process it hit, or why none
 */
public record Injection(Duration at, Fault fault, boolean happened, String detail) {}
