package io.drawdown.reporting.amount;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Amounts in the major unit of their currency, exact, as decimal numerals. */
public final class Amounts {

    private static final int USUAL_DECIMALS = 2;

    private Amounts() {}

    /** The amount with at least the currency's decimals and no needless zeros beyond: 12.5 dollars are "12.50". */
    public static String text(BigDecimal amount, String currency) {
        var stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), decimalsOf(currency)))
                .toPlainString();
    }

    /** The same of an amount that may be absent or in no known currency. */
    public static @Nullable String textOrNull(@Nullable BigDecimal amount, @Nullable String currency) {
        if (amount == null) {
            return null;
        }
        return currency == null ? amount.toPlainString() : text(amount, currency);
    }

    private static int decimalsOf(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException _) {
            return USUAL_DECIMALS; // Newer than this JDK's table; only the zeros at the end depend on it.
        }
    }
}
