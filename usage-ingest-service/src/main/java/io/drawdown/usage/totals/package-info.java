/**
 * What was used, added up by hour and day.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A total and the position up to which it was counted change in one transaction: repeats, restarts and two instances
 *       at once never count twice.
 *   <li>Usage counts in the window in which it occurred, however late it comes.
 *   <li>Sums are decimal and exact.
 *   <li>A total is published after it is stored, at least once; readers go by its version.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.totals;

import org.jspecify.annotations.NullMarked;
