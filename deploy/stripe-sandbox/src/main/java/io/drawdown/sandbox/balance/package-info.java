/**
 * What a customer owes or has in credit from one invoice to the next, and each change of it.
 *
 * <p>Negative is credit, positive is owed. Each currency has its own; {@code customer.balance} shows the one in the
 * customer's currency.
 */
@NullMarked
package io.drawdown.sandbox.balance;

import org.jspecify.annotations.NullMarked;
