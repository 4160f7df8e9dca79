/**
 * Rating: what a usage event costs, by the price that was in force when it occurred.
 *
 * <p>Pure. A {@link io.drawdown.wallet.rating.PriceBook} is the catalogue at one moment; rating the same usage by the same
 * book gives the same answer. Costs are exact, never rounded; a package price rounds the number of packages, as it says.
 *
 * <p>Where a price charges so much per unit and the meter's usage adds up, each event has a cost of its own. Elsewhere a
 * usage event costs what it adds to the cost of the total: of its meter, its price and its calendar month in the account's
 * zone. That may be less than nothing, for totals can fall and volume prices can fall faster than the total rises. What cannot be rated is
 * answered with a reason, never with a guess.
 */
@NullMarked
package io.drawdown.wallet.rating;

import org.jspecify.annotations.NullMarked;
