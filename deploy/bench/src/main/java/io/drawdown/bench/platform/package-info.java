/** The platform that a benchmark runs on: the same command that users run, in a folder and on ports of its own. */
@NullMarked
package io.drawdown.bench.platform;

import org.jspecify.annotations.NullMarked;
