/**
 * Invoices as Stripe has them: what was billed and what was collected.
 */
@NullMarked
package io.drawdown.reporting.invoice;

import org.jspecify.annotations.NullMarked;
