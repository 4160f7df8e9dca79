package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * When and by how much a wallet tops itself up.
 *
 * @param enabled whether it does at all
 * @param threshold a top-up is asked for when what is available falls below this; landing on it asks for nothing
 * @param amount the size of one top-up; positive when enabled
 */
public record ReplenishmentPolicy(boolean enabled, Money threshold, Money amount) {

    public ReplenishmentPolicy {
        if (enabled && !amount.isPositive()) {
            throw new IllegalArgumentException(
                    "A replenishment of " + amount + " tops nothing up; give a positive amount");
        }
        if (!threshold.currency().equals(amount.currency())) {
            throw new CurrencyMismatchException(threshold.currency(), amount.currency());
        }
    }

    boolean asksFor(Money available) {
        return enabled && available.isLessThan(threshold);
    }

    /**
     * The charge that brings {@code available} back to the threshold or above: the amount, or the smallest whole
     * multiple of it when a single one would leave the wallet below.
     */
    Money charge(Money available) {
        var gap = threshold.minus(available).amount();
        var multiple = gap.divide(amount.amount(), 0, RoundingMode.CEILING).max(BigDecimal.ONE);
        return amount.times(multiple);
    }
}
