/**
 * Taxes of invoice lines: by tax rates that the merchant names, or found from where the customer is.
 *
 * <ul>
 *   <li>A line's own rates win over its invoice's. An exempt customer pays none, by either way.
 *   <li>Automatic tax knows one standard rate for each country (or state), in {@code standard-rates.json}: enough to see
 *       each outcome, not to file a return. Without a registration where the customer is, tax is zero.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.tax;

import org.jspecify.annotations.NullMarked;
