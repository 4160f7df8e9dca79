package io.drawdown.billing.arrears;

import java.time.Instant;

/**
 * That somebody has settled by hand what Stripe could not be told.
 *
 * @param stateBefore why that was needed
 * @param quantity what was billed by hand, in the meter's unit, a decimal numeral; less than nothing where it was given back
 * @param reason how, in words
 * @param settledBy who says so
 */
record Settlement(State stateBefore, String quantity, String reason, String settledBy, Instant settledAt) {}
