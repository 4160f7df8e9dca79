package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a price.
 *
 * @param upTo the last quantity of the tier, inclusive; absent in the last tier, which has no end
 * @param unitAmount what a unit costs
 * @param flatAmount what the tier costs besides, once it is reached
 */
public record Tier(@Nullable BigDecimal upTo, Money unitAmount, Money flatAmount) {

    boolean reaches(BigDecimal quantity) {
        return upTo == null || quantity.compareTo(upTo) <= 0;
    }

    Money cost(BigDecimal quantity) {
        return unitAmount.times(quantity).plus(flatAmount);
    }
}
