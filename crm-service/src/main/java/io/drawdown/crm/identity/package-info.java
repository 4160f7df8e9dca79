/**
 * Ids that this service gives to what it makes.
 */
@NullMarked
package io.drawdown.crm.identity;

import org.jspecify.annotations.NullMarked;
