/**
 * Who may read what.
 */
@NullMarked
package io.drawdown.reporting.access;

import org.jspecify.annotations.NullMarked;
