/**
 * Compacted topics as maps in memory: for questions that must be answered at once, such as "is this account known?".
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A view holds, for each key, the last record that it has read; a tombstone removes the key.
 *   <li>Views that are opened while the service is put together have read their topics to the end before any listener
 *       starts, and before the service is ready for traffic.
 *   <li>Every instance reads every partition, without a consumer group, and commits nothing.
 *   <li>A view is as old as its topic's lag, a few milliseconds usually; it is no substitute for a transaction.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.view;

import org.jspecify.annotations.NullMarked;
