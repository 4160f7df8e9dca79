/**
 * Snapshots: states of wallets that have been folded once, so that they need not be folded again.
 *
 * <p>A snapshot is a private cache of this service and no contract. What always holds:
 *
 * <ul>
 *   <li>It is written after the commit of its events, in a transaction of its own and by a thread of its own: no draw-down waits
 *       for it, and one that is lost costs only time.
 *   <li>It bears a fingerprint of the records' shape. One of another shape, or one that is damaged, is passed over and the
 *       history is read instead.
 *   <li>A snapshot and the events after it give the same state, byte for byte, as all events
 *       (docs/decisions/0120-snapshots-are-a-cache.md).
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.snapshot;

import org.jspecify.annotations.NullMarked;
