/** How every benchmark says what it found, and how far it is. */
@NullMarked
package io.drawdown.bench.report;

import org.jspecify.annotations.NullMarked;
