/** How every benchmark measures: a contender runs, warms up, and is counted for a stated time. */
@NullMarked
package io.drawdown.bench.measure;

import org.jspecify.annotations.NullMarked;
