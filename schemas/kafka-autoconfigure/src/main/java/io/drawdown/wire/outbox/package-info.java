/**
 * Records that are sent because a change was committed, and only then.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A record is stored in the transaction of the change that it tells of: both or neither.
 *   <li>It is sent at least once. Every sending bears the same {@code ce_id}, so consumers can skip a repeat.
 *   <li>Records of one topic and key are sent in the order in which their transactions were committed.
 *   <li>One instance relays at a time, under a lock that its database session holds: it ends with the session.
 *   <li>A row is deleted only after all in-sync replicas have its record.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.outbox;

import org.jspecify.annotations.NullMarked;
