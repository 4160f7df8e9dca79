package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One tier of a price.
 *
 * @param upTo inclusive; null for the last tier, which has no end
 * @param unitAmount minor units per unit
 * @param flatAmount minor units, once, when the tier is reached
 */
public record Tier(@Nullable BigDecimal upTo, BigDecimal unitAmount, BigDecimal flatAmount) {

    boolean reaches(BigDecimal quantity) {
        return upTo == null || quantity.compareTo(upTo) <= 0;
    }
}
