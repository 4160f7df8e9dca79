package io.drawdown.crm.domain;

import java.math.BigDecimal;

/**
 * An exact amount in one currency.
 *
 * @param amount in the major unit, of any scale
 * @param currency ISO 4217 code in upper case
 */
public record Money(BigDecimal amount, String currency) {

    /** The amount as a decimal numeral without exponent, as JSON and Avro carry it. */
    public String numeral() {
        return amount.toPlainString();
    }
}
