/**
 * What was used, added up by hour and day, with what was corrected since.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A total and the position up to which it was counted change in one transaction: repeats, restarts and two instances
 *       at once never count twice.
 *   <li>Usage counts in the window in which it occurred, however late it comes.
 *   <li>A correction is undone where it counted and counts where it is now: windows, dimensions, sums, events, and of a meter
 *       that aggregates so the last and the largest value and the different texts.
 *   <li>Sums are decimal and exact.
 *   <li>A total is published after it is stored, at least once; readers go by its version.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.totals;

import org.jspecify.annotations.NullMarked;
