package io.drawdown.usage.domain;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads quantities: decimal numerals that are not negative, with at most 18 integral and 12 fraction digits.
 *
 * <p>An exponent and a sign are understood, as JSON numbers and the clients of other languages write them; what comes
 * out is always plain. A numeral that is already plain comes out as it went in, so that the usual case allocates nothing.
 */
final class Quantity {

    static final int INTEGRAL_DIGITS_MAX = 18;
    static final int FRACTION_DIGITS_MAX = 12;
    static final String WHAT_IS_RIGHT = ": send a decimal number that is not negative, with at most "
            + INTEGRAL_DIGITS_MAX + " integral and " + FRACTION_DIGITS_MAX + " fraction digits";
    /** Longer texts are refused unread: parsing time grows with the square of the length. */
    static final int TEXT_LENGTH_MAX = 64;

    private static final Pattern NUMERAL =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

    private Quantity() {}

    /** Whether the text is a number at all, perhaps one that is negative or has too many digits. */
    static boolean isNumeral(String text) {
        return NUMERAL.matcher(text).matches();
    }

    /** @return the plain numeral, or null when the text is no quantity */
    static @Nullable String plain(String text) {
        return isShortAndPlain(text) ? text : normalised(text);
    }

    private static boolean isShortAndPlain(String text) {
        int length = text.length();
        int point = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        int integral = point < 0 ? length : point;
        int fraction = point < 0 ? 0 : length - point - 1;
        return integral > 0
                && integral <= INTEGRAL_DIGITS_MAX
                && fraction <= FRACTION_DIGITS_MAX
                && (point < 0 || fraction > 0)
                && (integral == 1 || text.charAt(0) != '0');
    }

    private static @Nullable String normalised(String text) {
        if (text.isEmpty() || text.length() > TEXT_LENGTH_MAX || !isAscii(text)) {
            return null;
        }
        try {
            var number = new BigDecimal(text).stripTrailingZeros();
            return isInRange(number) ? number.toPlainString() : null;
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean isInRange(BigDecimal number) {
        return number.signum() >= 0
                && number.scale() <= FRACTION_DIGITS_MAX
                && (long) number.precision() - number.scale() <= INTEGRAL_DIGITS_MAX;
    }

    /** BigDecimal would read the digits of every script. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
