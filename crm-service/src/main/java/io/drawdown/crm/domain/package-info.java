/**
 * What every feature's domain speaks of: money, and refusing what a rule forbids.
 */
@NullMarked
package io.drawdown.crm.domain;

import org.jspecify.annotations.NullMarked;
