/**
 * Charging for a wallet's top-up.
 *
 * <p>Invariants: a replenishment is stored before Stripe hears of it; it has at most one invoice that is ever
 * finalized, so at most one payment is captured; it is called failed only after that invoice can no longer be paid.
 * One transaction is one step with one call that changes something at Stripe, made while the row is locked, and the
 * next step is always decided from a fresh look at the invoice. So any step may be cut off and done again.
 */
@NullMarked
package io.drawdown.billing.replenishment;

import org.jspecify.annotations.NullMarked;
