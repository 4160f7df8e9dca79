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
 *   <li>When the payment for a line is refunded or disputed, as much of its credit is clawed back, whichever is heard of first,
 *       and given back when the money comes in again.
 *   <li>A replenishment is settled in the same transaction as the credit that it brought.
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.credit;

import org.jspecify.annotations.NullMarked;
