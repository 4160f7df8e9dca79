package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a discount takes off. */
public sealed interface Reduction {

    /**
     * The amount taken off, in the minor unit: never more than there is.
     *
     * @param base zero or more
     */
    long of(long base);

    /** A share of the base, rounded half up. */
    record Percent(BigDecimal percent) implements Reduction {

        @Override
        public long of(long base) {
            return BigDecimal.valueOf(base)
                    .multiply(percent)
                    .movePointLeft(2)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
    }

    /** A fixed amount. */
    record Fixed(long amount) implements Reduction {

        @Override
        public long of(long base) {
            return Math.min(amount, base);
        }
    }
}
