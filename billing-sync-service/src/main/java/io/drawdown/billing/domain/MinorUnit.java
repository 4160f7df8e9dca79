package io.drawdown.billing.domain;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * Stripe's minor unit of a currency: how many decimals its integers leave out, and in which steps it charges.
 *
 * <p>Stripe's own list, which is not ISO 4217's: MGA has none here, and ISK and UGX keep two although only whole krónur and
 * shillings can be charged. Stripe names UGX among those without decimals as well; its special cases say otherwise and hold.
 * Nothing here rounds.
 *
 * @see <a href="https://docs.stripe.com/currencies">Stripe: supported currencies</a>
 */
public final class MinorUnit {

    private static final Set<String> NO_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

    private MinorUnit() {}

    /** How many decimals of the major unit one minor unit has. */
    public static int decimals(String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        if (NO_DECIMALS.contains(code)) {
            return 0;
        }
        return THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    /** Turns Stripe's integer into the major unit, with the currency's own number of decimals. */
    public static Money toMajor(long minor, String currency) {
        return new Money(BigDecimal.valueOf(minor, decimals(currency)), currency);
    }

    /** Turns Stripe's decimal minor amount into the major unit; every decimal survives. */
    public static Money toMajor(BigDecimal minor, String currency) {
        var decimals = decimals(currency);
        var major = minor.movePointLeft(decimals);
        return new Money(
                major.setScale(Math.max(decimals, major.stripTrailingZeros().scale())), currency);
    }

    /**
     * Turns an amount that Stripe has shown back into its integer.
     *
     * @throws ArithmeticException if it is finer than the minor unit, as nothing that Stripe shows as an integer is
     */
    public static long toMinorUnits(Money shown) {
        return shown.amount().movePointRight(decimals(shown.currency())).longValueExact();
    }

    /**
     * Turns an amount into the integer that Stripe charges.
     *
     * @throws InexactAmount if the amount is finer than what Stripe can charge in that currency
     */
    public static long toMinor(Money money) {
        try {
            var minor =
                    money.amount().movePointRight(decimals(money.currency())).longValueExact();
            if (minor % chargeStep(money.currency()) == 0) {
                return minor;
            }
        } catch (ArithmeticException e) {
            throw new InexactAmount(money, e);
        }
        throw new InexactAmount(money, null);
    }

    private static long chargeStep(String currency) {
        if (WHOLE_IN_HUNDREDTHS.contains(currency)) {
            return 100;
        }
        return THREE_DECIMALS.contains(currency) ? 10 : 1;
    }
}
