/** Customers: what belongs to whom, the invoice number sequence, the default payment method and the credit balance. */
@NullMarked
package io.drawdown.sandbox.customer;

import org.jspecify.annotations.NullMarked;
