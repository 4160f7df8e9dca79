/**
 * Usage that wallets leave to Stripe's meters: stored once, added up by the hour where it may be, and sent once.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>The quantities of all meter events of an account and meter add up to what the ledger has left to arrears.
 *   <li>A meter event is fixed and stored before Stripe hears of it, and is sent again only under the identifier by which
 *       Stripe knows a repeat, and only while Stripe remembers it. What is not sure by then waits for somebody.
 *   <li>What Stripe refuses, at once or in an error report, is listed with its reason and can be sent again.
 * </ul>
 */
@NullMarked
package io.drawdown.billing.arrears;

import org.jspecify.annotations.NullMarked;
