package io.drawdown.sandbox.money;

import java.math.BigDecimal;

/** Decimals as Stripe writes them: plain, without needless zeros. */
public final class Decimals {

    /** The most decimal places that a unit amount may have. */
    public static final int MAX_PLACES = 12;

    private Decimals() {}

    /** {@code 5.00} becomes {@code 5}. */
    public static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Whether it is a whole number of minor units. */
    public static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
