/** Clients that cost little, so that what is measured is the server, and how long its answers take. */
@NullMarked
package io.drawdown.bench.http;

import org.jspecify.annotations.NullMarked;
