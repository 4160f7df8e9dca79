package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * How a wallet tops itself up, and what has come of it. Decides purely whether it is time to ask.
 *
 * @param disabled whether failures have switched it off
 * @param pending the one top-up under way
 * @param requests how many have ever been asked for
 * @param failuresInRow failed top-ups by itself since the last paid one
 * @param backedOffUntil it asks for none by itself before this instant, because of a failure or the minimum gap
 * @param heldBackUntil nor before this one, because of the monthly cap
 * @param charged what it has asked for by itself in {@code month} and has not failed
 * @param month of the last request by itself, in UTC; absent before the first
 */
public record Replenishment(
        ReplenishmentPolicy policy,
        boolean disabled,
        @Nullable PendingReplenishment pending,
        long requests,
        int failuresInRow,
        @Nullable Instant backedOffUntil,
        @Nullable Instant heldBackUntil,
        Money charged,
        @Nullable YearMonth month) {

    static Replenishment none(Currency currency) {
        var zero = Money.zero(currency);
        return new Replenishment(new ReplenishmentPolicy(false, zero, zero), false, null, 0, 0, null, null, zero, null);
    }

    /** Below the threshold, switched on, none pending, and nothing stands in its way. */
    boolean isDue(Money available, Instant at) {
        var notBefore = notBefore();
        return isWanted(available) && (notBefore == null || !at.isBefore(notBefore));
    }

    /** It asks for none by itself before this instant; absent while nothing stands in its way. */
    public @Nullable Instant notBefore() {
        return later(backedOffUntil, heldBackUntil);
    }

    /** When it asks again although nothing else happens: after a back-off, a gap or a cap; absent when it will not. */
    @Nullable
    Instant asksAgainAt(Money available) {
        return isWanted(available) ? notBefore() : null;
    }

    private boolean isWanted(Money available) {
        return pending == null && !disabled && policy.asksFor(available);
    }

    boolean isPending(@Nullable ReplenishmentId id) {
        return pending != null && pending.id().equals(id);
    }

    /** Whether a charge at {@code at} would go beyond what may be charged in its month. */
    boolean exceedsCap(Money charge, Instant at) {
        var cap = policy.monthlyCap();
        return cap != null && cap.isLessThan(chargedIn(monthOf(at)).plus(charge));
    }

    /** What has been asked for by itself in a month and has not failed. */
    public Money chargedIn(YearMonth asked) {
        return asked.equals(month) ? charged : Money.zero(charged.currency());
    }

    /** The month in UTC that an instant is in. */
    public static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }

    /** Setting a policy forgets that the last cap held back; and, if failures had switched it off, these too. */
    Replenishment with(ReplenishmentPolicy newPolicy) {
        return disabled
                ? new Replenishment(newPolicy, false, pending, requests, 0, null, null, charged, month)
                : new Replenishment(
                        newPolicy, false, pending, requests, failuresInRow, backedOffUntil, null, charged, month);
    }

    Replenishment requested(ReplenishRequested event) {
        var at = event.header().recordedAt();
        var asked = new PendingReplenishment(event.replenishmentId(), event.amount(), at, event.manual());
        if (event.manual()) {
            return new Replenishment(
                    policy,
                    disabled,
                    asked,
                    requests + 1,
                    failuresInRow,
                    backedOffUntil,
                    heldBackUntil,
                    charged,
                    month);
        }
        var thisMonth = monthOf(at);
        var next = policy.minimumGap().isZero() ? null : at.plus(policy.minimumGap());
        return new Replenishment(
                policy,
                disabled,
                asked,
                requests + 1,
                failuresInRow,
                next,
                null,
                chargedIn(thisMonth).plus(event.amount()),
                thisMonth);
    }

    Replenishment settled(ReplenishSettled event) {
        return switch (event.outcome()) {
            case PAID -> ended(0, gapAfter(event), charged);
            case FAILED -> failed(event);
        };
    }

    /** A manual top-up that failed says nothing about the next one by itself. */
    private Replenishment failed(ReplenishSettled event) {
        return pending != null && pending.manual()
                ? ended(failuresInRow, backedOffUntil, charged)
                : ended(failuresInRow + 1, later(backedOffUntil, event.nextAttemptAt()), chargedWithoutPending());
    }

    /** What is over stands in the way of nothing any more. */
    private @Nullable Instant gapAfter(ReplenishSettled paid) {
        return backedOffUntil != null && backedOffUntil.isAfter(paid.header().recordedAt()) ? backedOffUntil : null;
    }

    private Replenishment ended(int failures, @Nullable Instant backedOff, Money stillCharged) {
        return new Replenishment(
                policy, disabled, null, requests, failures, backedOff, heldBackUntil, stillCharged, month);
    }

    private Money chargedWithoutPending() {
        return pending != null && monthOf(pending.requestedAt()).equals(month)
                ? charged.minus(pending.amount())
                : charged;
    }

    Replenishment heldBack(ReplenishmentHeldBack event) {
        return new Replenishment(
                policy, disabled, pending, requests, failuresInRow, backedOffUntil, event.until(), charged, month);
    }

    Replenishment switchedOff() {
        return new Replenishment(
                policy, true, pending, requests, failuresInRow, backedOffUntil, heldBackUntil, charged, month);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? other : one;
    }
}
