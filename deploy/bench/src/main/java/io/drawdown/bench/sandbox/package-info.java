/** How many requests the Stripe sandbox serves on one core, so that it is known never to be what a test waits for. */
@NullMarked
package io.drawdown.bench.sandbox;

import org.jspecify.annotations.NullMarked;
