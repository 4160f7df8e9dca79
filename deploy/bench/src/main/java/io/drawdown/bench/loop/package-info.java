/** How long it takes from usage that is reported to the balance that shows it, through the gate and the ledger. */
@NullMarked
package io.drawdown.bench.loop;

import org.jspecify.annotations.NullMarked;
