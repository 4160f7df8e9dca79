/**
 * Payment methods made of Stripe's test cards, payment intents and charges.
 *
 * <p>A payment method belongs to at most one customer and, once detached, to nobody again. What a card does when it is
 * charged is decided by {@link io.drawdown.sandbox.payment.TestCard} alone.
 */
@NullMarked
package io.drawdown.sandbox.payment;

import org.jspecify.annotations.NullMarked;
