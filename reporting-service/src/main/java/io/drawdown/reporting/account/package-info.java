/**
 * The accounts' names, for reports.
 */
@NullMarked
package io.drawdown.reporting.account;

import org.jspecify.annotations.NullMarked;
