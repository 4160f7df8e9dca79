/**
 * Avro records in Confluent's wire format: a zero byte, the schema's id in four bytes, big-endian, and Avro's binary form.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The registry is asked once for each schema, never for each record.
 *   <li>Encoders and decoders are reused; what a failed attempt has used is thrown away.
 *   <li>The configuration keys are Confluent's: their serializer and deserializer can be put in this one's place by naming
 *       their classes.
 * </ul>
 */
@NullMarked
package io.drawdown.wire.avro;

import org.jspecify.annotations.NullMarked;
