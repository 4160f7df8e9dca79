/**
 * Other ways of keeping a balance from the same topic, each a program of its own so that its memory can be told.
 *
 * <p>A rival prints how many usage events it has made durable, once a second, until it is stopped.
 */
@NullMarked
package io.drawdown.bench.ledger.rival;

import org.jspecify.annotations.NullMarked;
