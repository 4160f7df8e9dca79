package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What usage has come to so far.
 *
 * @param lastAt when the latest of it occurred, or, of a meter whose last value counts, that value
 */
public record RunningTotal(BigDecimal quantity, Instant lastAt) {

    /** Equal are numbers, whatever their scale. */
    public RunningTotal {
        quantity = quantity.stripTrailingZeros();
        if (quantity.scale() < 0) {
            quantity = quantity.setScale(0);
        }
    }
}
