package io.drawdown.crm.catalog.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a price. Two are equal when their numbers are, whatever their scale.
 *
 * @param upTo the last quantity of the tier, inclusive; absent in the last tier, which has no end
 * @param unitAmount what a unit costs, in the major unit of the price's currency
 * @param flatAmount what the tier costs besides, once it is reached
 */
public record PriceTier(@Nullable BigDecimal upTo, BigDecimal unitAmount, BigDecimal flatAmount) {

    public PriceTier {
        upTo = upTo == null ? null : Numbers.plain(upTo);
        unitAmount = Numbers.plain(unitAmount);
        flatAmount = Numbers.plain(flatAmount);
    }
}
