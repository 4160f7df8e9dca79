/** How many usage events a second the gate lets through, over Kafka and over HTTP, and how many in other ways. */
@NullMarked
package io.drawdown.bench.gate;

import org.jspecify.annotations.NullMarked;
