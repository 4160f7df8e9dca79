/**
 * The way to the wallets: one place that loads, decides and records, whoever asks (usage, invoices, HTTP).
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>One {@link io.drawdown.wallet.ledger.Ledger} transaction is one Axon unit of work and one database transaction:
 *       events, positions, parked lines and remembered requests are recorded all or none.
 *   <li>A decision is taken on a recorded state only. Within one process a lock per wallet makes writers wait for each
 *       other; between processes the unique sequence refuses all but one, and the refused transaction is run again as a
 *       whole on what the other has recorded.
 *   <li>Memory holds recorded states, never ones that may be rolled back (docs/decisions/0011-one-writer-or-retry.md).
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.ledger;

import org.jspecify.annotations.NullMarked;
