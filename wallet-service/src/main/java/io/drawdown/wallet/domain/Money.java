package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount in the major unit of one currency (45.00 USD is forty-five dollars).
 *
 * <p>No arithmetic here rounds: 0.00015 × 3 is 0.00045. Two amounts are equal when their currencies are and their
 * numbers are, whatever their scale: 1.5 USD equals 1.50 USD.
 *
 * @param amount with as many decimals as exactness asks for; may be negative
 * @param currency what it is an amount of
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** Drops an exponent ({@code 1E+2} becomes 100), which the numerals of the wire do not have. */
    public Money {
        if (amount.scale() < 0) {
            amount = amount.setScale(0);
        }
    }

    /**
     * Reads a decimal numeral such as {@code "45.00"}.
     *
     * @throws NumberFormatException if it is none
     */
    public static Money of(String amount, Currency currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * The exact sum.
     *
     * @throws CurrencyMismatchException if the currencies differ
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    /**
     * The exact difference.
     *
     * @throws CurrencyMismatchException if the currencies differ
     */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.subtract(other.amount), currency);
    }

    /** Exact product with a quantity; the scales add up, nothing is rounded. */
    public Money times(BigDecimal quantity) {
        return new Money(amount.multiply(quantity), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** The smaller one; this one when they are equal. */
    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The smallest amount not below this one that can be charged. This is the only rounding here. */
    Money roundedUpToMinorUnit() {
        return new Money(amount.setScale(chargeableDecimals(), RoundingMode.CEILING), currency);
    }

    /** Whether it can be charged as it is. */
    boolean isWholeInMinorUnits() {
        return amount.stripTrailingZeros().scale() <= chargeableDecimals();
    }

    /** Of currencies with three decimals, cards charge two; of ariaries, whose fifths are no decimals, whole ones. */
    private int chargeableDecimals() {
        return currency.getCurrencyCode().equals("MGA") ? 0 : Math.clamp(currency.getDefaultFractionDigits(), 0, 2);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isLessThan(Money other) {
        return compareTo(other) < 0;
    }

    /** The amount as a decimal numeral without exponent and without currency. */
    public String numeral() {
        return amount.toPlainString();
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Money(BigDecimal otherAmount, Currency otherCurrency)
                && currency.equals(otherCurrency)
                && amount.compareTo(otherAmount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode() * 31 + currency.hashCode();
    }

    @Override
    public String toString() {
        return numeral() + " " + currency.getCurrencyCode();
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new CurrencyMismatchException(currency, other.currency);
        }
    }
}
