/** Topics as a benchmark needs them before it begins, and how far they go. */
@NullMarked
package io.drawdown.bench.prepare;

import org.jspecify.annotations.NullMarked;
