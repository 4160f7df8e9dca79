/**
 * Money that goes back: refunds, disputes and credit notes, read from Stripe with the invoice they are about, spread over
 * its lines, and published when they differ. What others claw back follows from the published state alone, so repeats and
 * any order of events are harmless.
 */
@NullMarked
package io.drawdown.billing.reversal;

import org.jspecify.annotations.NullMarked;
