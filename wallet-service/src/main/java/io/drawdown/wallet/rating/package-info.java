/**
 * Rating: what a usage event costs, by the price that was in force when it occurred.
 *
 * <p>Pure. A {@link io.drawdown.wallet.rating.PriceBook} is the catalogue at one moment; rating the same usage by the same
 * book gives the same answer. Costs are exact: unit price × quantity, never rounded.
 *
 * <p>Only prices of so much per unit, on meters that sum or count, are rated. What cannot be rated is answered with a
 * reason, never with a guess.
 */
@NullMarked
package io.drawdown.wallet.rating;

import org.jspecify.annotations.NullMarked;
