/**
 * The wallet: an account's prepaid credit in one currency, as a history of facts.
 *
 * <p>Pure: the same state and command give the same events, on any machine and at any time. Instants come in with
 * commands, ids are derived from causes, nothing is looked up. {@link io.drawdown.wallet.domain.Decisions} decides,
 * {@link io.drawdown.wallet.domain.Evolution} folds events into a {@link io.drawdown.wallet.domain.WalletState}, {@link
 * io.drawdown.wallet.domain.Wallet} is the shell that Axon knows.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>settled balance = what is left of the grants, held or not, − overdraft = the fold of the events
 *   <li>of one draw-down: the lines' amounts = the allocations' amounts + what went into overdraft
 *   <li>there is never both overdraft and credit that may be spent on everything
 *   <li>a wallet's time never goes back, and what is due is settled before anything else, as of its own instant
 *   <li>what is held is in no grant, goes back to the grants it came from, and never goes beyond the credit there is and the
 *       overdraft limit when it is placed
 *   <li>what a period of usage has burned is what its total costs, and no more of it can come back
 *   <li>a grant id is granted once, however long ago it was spent
 *   <li>at most one replenishment is pending, and none is asked for before the back-off has passed
 *   <li>an event's sequence is its place in the wallet's history, from 0 and without gaps
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.domain;

import org.jspecify.annotations.NullMarked;
