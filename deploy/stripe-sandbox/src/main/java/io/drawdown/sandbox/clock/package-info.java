/**
 * Test clocks: customers whose time stands still until it is advanced.
 *
 * <p>Which time a request lives in is found by {@link io.drawdown.sandbox.engine.Clocks} before its handler runs, so that
 * no handler needs to know of clocks: {@code tx.now()} is right. What is to happen later is planned with
 * {@link io.drawdown.sandbox.engine.Agenda}; it happens by itself in the sandbox's own time, and here, in the same order and
 * with the same instants, when a clock is advanced.
 */
@NullMarked
package io.drawdown.sandbox.clock;

import org.jspecify.annotations.NullMarked;
