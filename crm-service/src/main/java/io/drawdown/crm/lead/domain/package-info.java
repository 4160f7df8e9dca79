/**
 * What a lead is and which steps it may take; pure.
 */
@NullMarked
package io.drawdown.crm.lead.domain;

import org.jspecify.annotations.NullMarked;
