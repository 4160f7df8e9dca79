/**
 * Refunds: money that goes back to whom it came from.
 *
 * <ul>
 *   <li>The refunds of a charge that have not failed or been canceled never exceed what was captured.
 *   <li>A charge is {@code refunded} when all of it is; until then only {@code amount_refunded} rises.
 *   <li>A refund that fails or is canceled gives the amount back to the account and to the charge.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.refund;

import org.jspecify.annotations.NullMarked;
