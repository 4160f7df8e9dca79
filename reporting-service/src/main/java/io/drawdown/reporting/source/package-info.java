/**
 * How old the projections are.
 */
@NullMarked
package io.drawdown.reporting.source;

import org.jspecify.annotations.NullMarked;
