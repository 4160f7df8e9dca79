/**
 * The pipeline and its rules; pure.
 */
@NullMarked
package io.drawdown.crm.opportunity.domain;

import org.jspecify.annotations.NullMarked;
