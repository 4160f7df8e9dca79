/** Invoices: read whole from Stripe, given their account, and published when they differ from what was last told. */
@NullMarked
package io.drawdown.billing.invoice;

import org.jspecify.annotations.NullMarked;
