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
 *   <li>Events per request, bytes per request, bytes and events in flight and waiting times are limited; of a stream also
 *       what comes without an event.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.intake;

import org.jspecify.annotations.NullMarked;
