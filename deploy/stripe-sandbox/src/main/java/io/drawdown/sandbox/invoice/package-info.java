/**
 * Invoice items and invoices, from draft to paid, void or uncollectible.
 *
 * <ul>
 *   <li>{@code draft → open → paid | void | uncollectible}; only drafts are edited, only drafts are deleted.
 *   <li>Finalizing freezes the amounts, gives the number, settles the customer's balance and opens one payment intent,
 *       unless nothing is due: then the invoice is paid at once.
 *   <li>A try to collect leaves a charge, whatever comes of it; a decline is answered with 402 and stays recorded.
 *   <li>The sum of the lines' amounts is the subtotal; each line is rounded by itself.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.invoice;

import org.jspecify.annotations.NullMarked;
