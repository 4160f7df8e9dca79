/**
 * Billing credits: money that pays for metered usage on subscription invoices, and only for that.
 *
 * <ul>
 *   <li>The ledger is the transactions: what is left of a grant is the sum of its transactions, never kept beside them.
 *   <li>Credits leave at finalization, after discounts and before tax; voiding the invoice gives them back.
 *   <li>Order: priority, sooner expiry, promotional before paid, earlier effective, earlier created.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.credit;

import org.jspecify.annotations.NullMarked;
