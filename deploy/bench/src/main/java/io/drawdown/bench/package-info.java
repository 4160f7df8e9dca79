/**
 * Benchmarks: how fast Drawdown does its work, beside a naive rival and beside what the machine could do at most.
 *
 * <p>Figures are only meant to be compared within one run: every contender gets the same records, the same machine and the
 * same time, one after the other. None of this is a test, and no test is timed.
 */
@NullMarked
package io.drawdown.bench;

import org.jspecify.annotations.NullMarked;
