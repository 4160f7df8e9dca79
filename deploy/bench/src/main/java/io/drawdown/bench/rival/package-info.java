/**
 * What every rival is made of. A rival is a program of its own, so that its memory can be told, and prints how many events
 * it has made durable, once a second, until it is stopped.
 */
@NullMarked
package io.drawdown.bench.rival;

import org.jspecify.annotations.NullMarked;
