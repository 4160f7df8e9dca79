/**
 * The catalogue as this service needs it, from {@code catalog.meters.v1} and {@code catalog.prices.v1}: which price rates
 * which meter, and which prices sell credit. Held in memory, read to the end before anything is rated.
 */
@NullMarked
package io.drawdown.wallet.catalog;

import org.jspecify.annotations.NullMarked;
