/**
 * Money as JSON and as Avro: a decimal numeral and a currency, both checked where they come in.
 */
@NullMarked
package io.drawdown.crm.money;

import org.jspecify.annotations.NullMarked;
