package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a wallet tops itself up, and what has come of it. Decides purely whether it is time to ask.
 *
 * @param zone in which its months and regular top-ups are counted
 * @param disabled whether failures have switched it off
 * @param pending the one top-up under way
 * @param requests how many have ever been asked for
 * @param failuresInRow failed top-ups by itself since the last paid one
 * @param backedOffUntil it asks for none by itself before this instant, because of a failure or the minimum gap
 * @param heldBackUntil nor before this one, because of the monthly cap
 * @param charged what it has asked for by itself in {@code month} and has not failed
 * @param month of the last request by itself; absent before the first
 * @param servedUntil regular top-ups up to this instant, inclusive, are paid, or are not made up for; absent before any rule
 */
public record Replenishment(
        Zone zone,
        ReplenishmentPolicy policy,
        boolean disabled,
        @Nullable PendingReplenishment pending,
        long requests,
        int failuresInRow,
        @Nullable Instant backedOffUntil,
        @Nullable Instant heldBackUntil,
        Money charged,
        @Nullable YearMonth month,
        @Nullable Instant servedUntil) {

    static Replenishment none(Currency currency, Zone zone) {
        var zero = Money.zero(currency);
        return new Replenishment(
                zone, new ReplenishmentPolicy(false, zero, zero), false, null, 0, 0, null, null, zero, null, null);
    }

    /** Below the threshold or at the instant of a regular one, switched on, none pending, and nothing stands in its way. */
    boolean isDue(Money available, Instant at) {
        var notBefore = notBefore();
        return isWanted(available, at) && (notBefore == null || !at.isBefore(notBefore));
    }

    /** It asks for none by itself before this instant; absent while nothing stands in its way. */
    public @Nullable Instant notBefore() {
        return later(backedOffUntil, heldBackUntil);
    }

    /**
     * When it asks although nothing else happens: at the instant of a regular one, after a back-off, a gap or a cap; absent when
     * it will not.
     */
    @Nullable
    Instant asksByItselfAt(Money available, Instant at) {
        if (pending != null || disabled || !policy.enabled()) {
            return null;
        }
        var again = policy.asksFor(available) ? notBefore() : null;
        var regular = regularAt(at);
        return again == null || regular == null ? later(again, regular) : again.isBefore(regular) ? again : regular;
    }

    private @Nullable Instant regularAt(Instant at) {
        if (policy.recurrence() == null) {
            return null;
        }
        var due = regularDue(at);
        return later(due == null ? policy.recurrence().nextAfter(at, zone) : due, notBefore());
    }

    private boolean isWanted(Money available, Instant at) {
        return pending == null && !disabled && (policy.asksFor(available) || regularDue(at) != null);
    }

    /** The latest regular top-up that is due by an instant; those before it that were missed are not made up for. */
    @Nullable
    Instant regularDue(Instant at) {
        return policy.regularDue(at, servedUntil, zone);
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

    /** The month that an instant is in. */
    public YearMonth monthOf(Instant instant) {
        return zone.monthOf(instant);
    }

    /**
     * Setting a policy forgets that the last cap held back, since the wallet asks anew; and, if failures had switched it off, these
     * too. Regular top-ups of a new rule, or of one that is switched on again, begin behind it.
     */
    Replenishment with(ReplenishmentPolicy newPolicy, Instant at) {
        var goesOn = policy.enabled() && !disabled && Objects.equals(policy.recurrence(), newPolicy.recurrence());
        return new Replenishment(
                zone,
                newPolicy,
                false,
                pending,
                requests,
                disabled ? 0 : failuresInRow,
                disabled ? null : backedOffUntil,
                null,
                charged,
                month,
                goesOn ? servedUntil : at);
    }

    Replenishment requested(ReplenishRequested event) {
        var at = event.header().recordedAt();
        var asked = new PendingReplenishment(
                event.replenishmentId(), event.amount(), at, event.manual(), event.scheduledFor());
        if (event.manual()) {
            return new Replenishment(
                    zone,
                    policy,
                    disabled,
                    asked,
                    requests + 1,
                    failuresInRow,
                    backedOffUntil,
                    heldBackUntil,
                    charged,
                    month,
                    servedUntil);
        }
        var thisMonth = monthOf(at);
        var next = policy.minimumGap().isZero() ? null : at.plus(policy.minimumGap());
        return new Replenishment(
                zone,
                policy,
                disabled,
                asked,
                requests + 1,
                failuresInRow,
                next,
                null,
                chargedIn(thisMonth).plus(event.amount()),
                thisMonth,
                servedUntil);
    }

    Replenishment settled(ReplenishSettled event) {
        return switch (event.outcome()) {
            case PAID -> ended(0, gapAfter(event), charged, servedBy(pending));
            case FAILED -> failed(event);
        };
    }

    /** A regular top-up that fails is still due after its back-off. */
    private @Nullable Instant servedBy(@Nullable PendingReplenishment paid) {
        return paid == null || paid.scheduledFor() == null ? servedUntil : later(servedUntil, paid.scheduledFor());
    }

    /** A manual top-up that failed says nothing about the next one by itself. */
    private Replenishment failed(ReplenishSettled event) {
        return pending != null && pending.manual()
                ? ended(failuresInRow, backedOffUntil, charged, servedUntil)
                : ended(
                        failuresInRow + 1,
                        later(backedOffUntil, event.nextAttemptAt()),
                        chargedWithoutPending(),
                        servedUntil);
    }

    /** What is over stands in the way of nothing any more. */
    private @Nullable Instant gapAfter(ReplenishSettled paid) {
        return backedOffUntil != null && backedOffUntil.isAfter(paid.header().recordedAt()) ? backedOffUntil : null;
    }

    private Replenishment ended(
            int failures, @Nullable Instant backedOff, Money stillCharged, @Nullable Instant served) {
        return new Replenishment(
                zone,
                policy,
                disabled,
                null,
                requests,
                failures,
                backedOff,
                heldBackUntil,
                stillCharged,
                month,
                served);
    }

    private Money chargedWithoutPending() {
        return pending != null && monthOf(pending.requestedAt()).equals(month)
                ? charged.minus(pending.amount())
                : charged;
    }

    Replenishment heldBack(ReplenishmentHeldBack event) {
        return new Replenishment(
                zone,
                policy,
                disabled,
                pending,
                requests,
                failuresInRow,
                backedOffUntil,
                event.until(),
                charged,
                month,
                servedUntil);
    }

    Replenishment switchedOff() {
        return new Replenishment(
                zone,
                policy,
                true,
                pending,
                requests,
                failuresInRow,
                backedOffUntil,
                heldBackUntil,
                charged,
                month,
                servedUntil);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? other : one;
    }
}
