/**
 * The reports: per currency what was billed, collected and recognised, and what is in the wallets.
 */
@NullMarked
package io.drawdown.reporting.report;

import org.jspecify.annotations.NullMarked;
