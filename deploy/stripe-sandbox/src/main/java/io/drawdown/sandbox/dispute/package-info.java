/**
 * Disputes: what a cardholder's bank takes back, and how it ends.
 *
 * <ul>
 *   <li>A chargeback takes the money and a fee at once; only a dispute that is won brings both back.
 *   <li>An inquiry ({@code warning_…}) only asks: no money moves unless it becomes a chargeback, and the charge can be
 *       refunded meanwhile.
 *   <li>Evidence is submitted once; then the bank decides, here by the words of the evidence or on demand.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.dispute;

import org.jspecify.annotations.NullMarked;
