/**
 * What was refused, for people: to be looked at, and to be sent again when the cause is gone.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The identity of a refusal is the position of its original, so that a record delivered twice is one row.
 *   <li>An event is sent again only when it would be accepted now, and under the key that is right now. A correction always
 *       is, since only the gate can judge it. Sending either twice counts once: the gate drops the repeat.
 *   <li>What came over HTTP is replayed as the record that was read from it then. Its bytes are looked at, never decoded:
 *       they are whatever somebody liked to send.
 *   <li>What waits for an account is replayed when the account is known, without anybody's doing. What would be refused
 *       then gets the reason of then, and waits for nothing but a person.
 *   <li>Replaying changes the event in one point only: an event without a time gets the time of its first arrival,
 *       because that is when it occurred.
 *   <li>Rows are dropped after a time that is configured; the topic keeps its own copy as long as it is set to.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.rejected;

import org.jspecify.annotations.NullMarked;
