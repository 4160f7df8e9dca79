/**
 * The reports as they change, for a page that stays open.
 */
@NullMarked
package io.drawdown.reporting.stream;

import org.jspecify.annotations.NullMarked;
