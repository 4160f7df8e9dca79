package io.drawdown.billing.arrears;

import java.math.BigDecimal;

/**
 * Quantities of one meter.
 *
 * @param left what the ledger has left to arrears
 * @param sent the part of it that Stripe has
 * @param settled what was billed by hand; less than nothing where more was given back
 */
record Totals(BigDecimal left, BigDecimal sent, BigDecimal settled) {}
