/**
 * Sending of records that are bytes already: what an outbox has kept, and what could not be handled.
 *
 * <p>Settings are those of the service's own producer; only the serializers differ.
 */
@NullMarked
package io.drawdown.wire.encoded;

import org.jspecify.annotations.NullMarked;
