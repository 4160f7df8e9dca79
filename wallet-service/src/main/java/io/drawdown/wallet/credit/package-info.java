/**
 * Credit from paid invoices, and the end of replenishments.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>A line of a paid invoice is credited once, however often the invoice arrives: its grant's id is the line's.
 *   <li>Only lines of prices that the catalogue flags as credit, and lines of a replenishment's invoice, become credit.
 *   <li>What cannot be decided yet (price unknown, account unknown) or cannot be taken (other currency) is parked visibly,
 *       and looked at again when the catalogue changes.
 *   <li>A replenishment is settled in the same transaction as the credit that it brought.
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.credit;

import org.jspecify.annotations.NullMarked;
