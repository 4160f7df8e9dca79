/**
 * What an operator sets. Anything contradictory is refused at start, with the remedy in the message, because a wrong
 * key or mode found later is found with somebody's money.
 */
@NullMarked
package io.drawdown.billing.settings;

import org.jspecify.annotations.NullMarked;
