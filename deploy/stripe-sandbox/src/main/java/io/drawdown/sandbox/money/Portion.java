package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The part of an amount that belongs to a part of something. */
public final class Portion {

    private Portion() {}

    /**
     * What comes next, when parts of a whole are taken one after another, so that the last makes the sum exact: the
     * amount's share of all that is taken, rounded half up, without what went with earlier parts.
     *
     * @param amount zero or more, of the whole
     * @param taken of the whole, with the part that is taken now
     * @param whole not zero
     * @param earlier what went with earlier parts
     */
    public static long next(long amount, long taken, long whole, long earlier) {
        long share = BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(taken))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return Math.max(0, share - earlier);
    }
}
