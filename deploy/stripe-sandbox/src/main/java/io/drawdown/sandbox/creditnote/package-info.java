/**
 * Credit notes: what is taken back of a finalized invoice.
 *
 * <ul>
 *   <li>A note first lowers what is still to be paid; only the rest is given back, as refund, as credit on the customer's
 *       balance, or outside, and the parts must sum to that rest.
 *   <li>A line's discounts, billing credits and taxes go back in proportion; when all of a line has been credited, all of
 *       them have.
 *   <li>The notes of an invoice never exceed it.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.creditnote;

import org.jspecify.annotations.NullMarked;
