/**
 * What the gate decides about one usage event, free of any transport.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A verdict depends on the event, on when it arrived and on what is known of accounts and meters; on nothing else.
 *   <li>A quantity is a decimal numeral in a string and never passes through a binary floating-point number.
 *   <li>Only an accepted event claims its (source, id): a refused one may be mended and sent again under the same id.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.domain;

import org.jspecify.annotations.NullMarked;
