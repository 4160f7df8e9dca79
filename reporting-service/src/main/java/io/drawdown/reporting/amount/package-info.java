/**
 * Exact amounts as text, and the column types that JDBC has no direct way for.
 */
@NullMarked
package io.drawdown.reporting.amount;

import org.jspecify.annotations.NullMarked;
