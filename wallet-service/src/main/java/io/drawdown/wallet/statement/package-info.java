/**
 * The past of a wallet: what it was worth at any instant, and what moved between two of them.
 *
 * <p>Both are read from the log, by the instants at which events were recorded, with what was due by then settled as of its own
 * instant. What always holds:
 *
 * <ul>
 *   <li>The answer for an instant does not depend on when it is asked, once the instant is closed: nothing can be recorded at or
 *       before it any more (docs/decisions/0121-the-past-is-closed-after-two-minutes.md).
 *   <li>A statement adds up: opening balance and movements are the closing balance, or it is not answered.
 *   <li>The closing balance of a period is the opening balance of the next.
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.statement;

import org.jspecify.annotations.NullMarked;
