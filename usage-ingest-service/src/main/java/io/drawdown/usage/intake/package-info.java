/**
 * Usage over HTTP: CloudEvents 1.0, structured, batched and binary.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>202 means: every event of the request is on Kafka with all in-sync replicas, either in usage.events.v1 or,
 *       refused by what is known now, in usage.rejected.v1, but for what the key may not send and what is larger than an
 *       event may be: those are only named in the answer. Anything less is 503, and sending the same request again is
 *       safe, because the gate drops repeats.
 *   <li>An event that the answer calls rejected is never charged; one that it counts as accepted is judged once more, by
 *       the gate.
 *   <li>A number keeps the digits that the producer wrote; it is never read as a binary floating-point number.
 *   <li>Events per request, bytes per request, bytes and events in flight and waiting times are limited; of streams also
 *       how many are open and what comes without an event. Whoever waits for bytes of others gives up after a while, and a
 *       stream does not wait for them at all, so that nobody waits in a circle.
 *   <li>Time counts against a caller only while its body is waited for.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.intake;

import org.jspecify.annotations.NullMarked;
