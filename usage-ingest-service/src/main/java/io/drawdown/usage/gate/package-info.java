/**
 * The gate: usage.events.v1 in, usage.accepted.v1 and usage.rejected.v1 out, on Kafka Streams.
 *
 * <p>At least once, and exact in effect. Invariants:
 *
 * <ul>
 *   <li>Of all events with one (source, id) in a partition only one position is ever sent on, over at least the horizon
 *       (35 days): whatever crashes, that position may be sent on several times, another never.
 *   <li>Whoever is assigned a partition fences the gate that had it before it reads what that one has left.
 *   <li>What a correction does follows from the log before it, also when it is judged again after a crash: corrections of
 *       one usage form a chain, and the values of a text's usages add up to one while any of them is left.
 *   <li>Nothing stops the gate but a fault that passes: bytes that cannot be read are refused like any other bad event.
 *   <li>What is sent on has the partition of its source, so that one partition has one writer downstream.
 *   <li>What a run has noted and not committed does not hold, on whatever disk it stands.
 *   <li>The local state is a copy: it can be deleted at any time and comes back from its changelog.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.gate;

import org.jspecify.annotations.NullMarked;
