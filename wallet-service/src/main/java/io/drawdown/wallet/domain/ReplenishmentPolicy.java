package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and by how much a wallet tops itself up.
 *
 * @param enabled whether it does at all
 * @param threshold a top-up is asked for when what is available falls below this; landing on it asks for nothing
 * @param amount the size of one top-up; positive when enabled and without a target
 * @param target when present, a top-up fills up to this instead of by {@code amount}; above the threshold when enabled
 * @param monthlyCap most that may be charged by itself in a calendar month in the account's zone; absent for no cap
 * @param minimumGap shortest time between two requests
 * @param disableAfter so many failures in a row switch it off until somebody sets the policy again; 0 for never
 * @param recurrence top-ups at regular instants besides; absent for none. With it, neither amount nor target is needed
 */
public record ReplenishmentPolicy(
        boolean enabled,
        Money threshold,
        Money amount,
        @Nullable Money target,
        @Nullable Money monthlyCap,
        Duration minimumGap,
        int disableAfter,
        @Nullable Recurrence recurrence) {

    /** By a fixed amount, without any other rule. */
    public ReplenishmentPolicy(boolean enabled, Money threshold, Money amount) {
        this(enabled, threshold, amount, null, null, Duration.ZERO, 0, null);
    }

    /**
     * @throws IllegalArgumentException if it is enabled and tops nothing up
     * @throws CurrencyMismatchException if the amounts are not in one currency
     */
    public ReplenishmentPolicy {
        requireSameCurrency(threshold, amount);
        requireSameCurrency(threshold, target);
        requireSameCurrency(threshold, monthlyCap);
        requireSameCurrency(threshold, recurrence == null ? null : recurrence.amount());
        var fills = target == null ? amount.isPositive() : threshold.isLessThan(target);
        var isRegularOnly = recurrence != null && target == null && amount.isZero();
        if (enabled && !fills && !isRegularOnly) {
            throw new IllegalArgumentException("A replenishment of " + (target == null ? amount : "up to " + target)
                    + " tops nothing up; give a positive amount, or a target above the threshold");
        }
        if (minimumGap.isNegative() || disableAfter < 0) {
            throw new IllegalArgumentException("A minimum gap and a number of failures are not negative");
        }
    }

    private static void requireSameCurrency(Money one, @Nullable Money other) {
        if (other != null && !one.currency().equals(other.currency())) {
            throw new CurrencyMismatchException(one.currency(), other.currency());
        }
    }

    boolean asksFor(Money available) {
        return enabled && (target != null || amount.isPositive()) && available.isLessThan(threshold);
    }

    /** The latest regular top-up that is due by an instant, after those that count as served; null when none is. */
    @Nullable
    Instant regularDue(Instant at, @Nullable Instant servedUntil, Zone zone) {
        var latest = enabled && recurrence != null ? recurrence.latestBy(at, zone) : null;
        return latest == null || (servedUntil != null && !latest.isAfter(servedUntil)) ? null : latest;
    }

    /**
     * The charge that brings {@code available} back: up to the target, rounded up to what can be charged; or by the amount,
     * or the smallest whole multiple of it when a single one would leave the wallet below the threshold.
     */
    Money charge(Money available) {
        return target == null ? byAmount(available) : target.minus(available).roundedUpToMinorUnit();
    }

    private Money byAmount(Money available) {
        var gap = threshold.minus(available).amount();
        var multiple = gap.divide(amount.amount(), 0, RoundingMode.CEILING).max(BigDecimal.ONE);
        return amount.times(multiple);
    }
}
