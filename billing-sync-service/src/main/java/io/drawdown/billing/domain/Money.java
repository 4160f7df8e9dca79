package io.drawdown.billing.domain;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * An exact amount in the major unit of its currency: 45.00 USD is forty-five dollars.
 *
 * @param amount any scale; negative for credit
 * @param currency ISO 4217 code; kept in upper case
 */
public record Money(BigDecimal amount, String currency) {

    public Money {
        if (!currency.matches("[A-Za-z]{3}")) {
            throw new IllegalArgumentException(
                    "'" + currency + "' is no currency; give an ISO 4217 code of three letters, such as USD.");
        }
        currency = currency.toUpperCase(Locale.ROOT);
    }

    /** Nothing of the same currency, with as many decimals. */
    public Money none() {
        return new Money(BigDecimal.ZERO.setScale(amount.scale()), currency);
    }

    /** The amount as a decimal numeral without exponent. */
    public String numeral() {
        return amount.toPlainString();
    }

    /** Whether both are worth the same, whatever their scale. */
    public boolean equalsInWorth(Money other) {
        return currency.equals(other.currency) && amount.compareTo(other.amount) == 0;
    }

    @Override
    public String toString() {
        return numeral() + " " + currency;
    }
}
