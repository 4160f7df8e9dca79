/**
 * Opportunities: a deal in the pipeline.
 *
 * <p>Closing one as won opens its account in the same transaction, so that neither exists without the other.
 */
@NullMarked
package io.drawdown.crm.opportunity;

import org.jspecify.annotations.NullMarked;
