/**
 * Products and prices. A price's currency, amount, recurrence and tiers never change; a product that has prices is never
 * deleted.
 */
@NullMarked
package io.drawdown.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
