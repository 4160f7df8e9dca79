/**
 * From lead to account, and the catalogue.
 *
 * <p>Sales works in {@code lead} and {@code opportunity}; a won opportunity becomes an {@code account}; billing operators
 * work in {@code catalog}. What happens here is told to the other services through the outbox, in the transaction of the
 * change. Invariants:
 *
 * <ul>
 *   <li>a lead is converted once, an opportunity is closed once, and a won opportunity has exactly one account;
 *   <li>Stripe decides what a product, a price or a meter is; Drawdown decides what buys credit and what rates usage;
 *   <li>a record that comes again changes nothing and publishes nothing.
 * </ul>
 */
@NullMarked
package io.drawdown.crm;

import org.jspecify.annotations.NullMarked;
