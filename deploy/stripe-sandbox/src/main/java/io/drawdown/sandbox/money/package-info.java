/**
 * Money arithmetic, all of it: decimal in the minor unit, rounded to a whole minor unit once per line. Sums add rounded
 * lines and round nothing. Amounts of the API are {@code long}, in the minor unit of their currency.
 */
@NullMarked
package io.drawdown.sandbox.money;

import org.jspecify.annotations.NullMarked;
