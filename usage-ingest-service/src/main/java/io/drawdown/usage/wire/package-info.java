/**
 * Between the gate's domain and the Avro records of the usage topics.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Bytes that are no {@code UsageEvent} are told apart from a registry that cannot answer: the first is the
 *       producer's fault and is refused, the second is waited for.
 *   <li>A refusal always fits into a record of Kafka's default size, whatever the original was.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.wire;

import org.jspecify.annotations.NullMarked;
