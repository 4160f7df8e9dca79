/**
 * A real Kafka broker in KRaft mode as a child process, with the topics of the product.
 *
 * <p>Invariants: one node that is broker and controller, on the loopback address only; topics are those of the topic
 * catalogue and are never created by being written to; an acknowledged record survives the death of the broker's
 * process (though, as is Kafka's way with one node, not the sudden death of the machine).
 */
@NullMarked
package io.drawdown.local.kafka;

import org.jspecify.annotations.NullMarked;
