/**
 * What crosses a service border: one Avro record per fact, and the catalogue of the topics that carry them.
 *
 * <p>Amounts and quantities are decimal numerals in strings, because they must be exact in every language; times are
 * milliseconds since 1970 in UTC. A schema that has been released changes only in ways that every older and newer
 * reader survives (FULL_TRANSITIVE); the build checks that.
 */
@NullMarked
package io.drawdown.events;

import org.jspecify.annotations.NullMarked;
