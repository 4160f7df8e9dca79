/** How many usage events a second become durable wallet events, and how many in other ways of doing it. */
@NullMarked
package io.drawdown.bench.ledger;

import org.jspecify.annotations.NullMarked;
