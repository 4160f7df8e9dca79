package io.drawdown.billing.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a price, its amounts exact.
 *
 * @param upTo the last quantity of the tier, inclusive; absent in the last tier, which has no end
 * @param unitAmount what a unit costs
 * @param flatAmount what the tier costs besides, once it is reached
 */
public record PriceTier(@Nullable BigDecimal upTo, Money unitAmount, Money flatAmount) {}
