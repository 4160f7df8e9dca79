/** Other ways of letting each event of usage through once. */
@NullMarked
package io.drawdown.bench.gate.rival;

import org.jspecify.annotations.NullMarked;
