/**
 * Wallets, and what was drawn down from them by day.
 *
 * <p>A wallet's events are numbered without gaps. A repeat is passed over. After a gap the wallet stands still and counts as
 * incomplete, loudly, until what is missing has come: a sum over a gap would be wrong without showing it.
 */
@NullMarked
package io.drawdown.reporting.wallet;

import org.jspecify.annotations.NullMarked;
