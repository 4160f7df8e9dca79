/**
 * Usage that wallets leave to Stripe's meters, and its corrections: stored once, added up by the hour where it may be, and sent
 * once.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>The quantities of all meter events of an account and meter, but for those withdrawn, add up to what the ledger has left
 *       to arrears and not corrected since.
 *   <li>A meter event is fixed and stored before Stripe hears of it, and is sent again only under the identifier by which
 *       Stripe knows a repeat, and only while Stripe remembers it. What is not sure by then waits for somebody.
 *   <li>What Stripe refuses, at once or in an error report, is listed with its reason and can be sent again.
 *   <li>A correction is stored before Stripe hears of it: usage that was added up is taken back by less than nothing, any other
 *       is withdrawn or cancelled before another is sent in its place. What Stripe cannot be told any more is listed too.
 * </ul>
 */
@NullMarked
package io.drawdown.billing.arrears;

import org.jspecify.annotations.NullMarked;
