/** Payment intents: read from Stripe with the invoice they pay, and published when they differ. */
@NullMarked
package io.drawdown.billing.payment;

import org.jspecify.annotations.NullMarked;
