/**
 * Payments and failed replenishments.
 */
@NullMarked
package io.drawdown.reporting.payment;

import org.jspecify.annotations.NullMarked;
