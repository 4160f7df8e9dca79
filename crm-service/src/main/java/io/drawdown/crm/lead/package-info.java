/**
 * Leads: somebody who may become a customer.
 *
 * <p>A lead is new, then qualified, then converted to a company and an opportunity; it never goes back.
 */
@NullMarked
package io.drawdown.crm.lead;

import org.jspecify.annotations.NullMarked;
