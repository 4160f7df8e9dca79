package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Waits.later;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
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
 * @param waits until when it asks for none by itself
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
        Waits waits,
        Money charged,
        @Nullable YearMonth month,
        @Nullable Instant servedUntil) {

    static Replenishment none(Currency currency, Zone zone) {
        var zero = Money.zero(currency);
        return new Replenishment(
                zone, new ReplenishmentPolicy(false, zero, zero), false, null, 0, 0, Waits.NONE, zero, null, null);
    }

    /** Below the threshold, switched on, none pending, and nothing stands in its way. */
    boolean isDue(Money available, Instant at) {
        return asksFor(available) && isOver(waits.threshold(), at);
    }

    /** The instant of the regular top-up that it is time to ask for; null when it is not. */
    @Nullable
    Instant regularToAskFor(Instant at) {
        return mayAsk() && isOver(waits.regular(), at) ? regularDue(at) : null;
    }

    private boolean asksFor(Money available) {
        return mayAsk() && !waits.wentBack() && policy.asksFor(available);
    }

    private boolean mayAsk() {
        return pending == null && !disabled;
    }

    private static boolean isOver(@Nullable Instant wait, Instant at) {
        return wait == null || !at.isBefore(wait);
    }

    /**
     * When it asks although nothing else happens: at the instant of a regular one, after a back-off, a gap or a cap; absent when
     * it will not.
     */
    @Nullable
    Instant asksByItselfAt(Money available, Instant at) {
        if (!mayAsk() || !policy.enabled()) {
            return null;
        }
        var again = asksFor(available) ? waits.threshold() : null;
        var regular = regularAt(at);
        return again == null || regular == null ? later(again, regular) : again.isBefore(regular) ? again : regular;
    }

    private @Nullable Instant regularAt(Instant at) {
        if (policy.recurrence() == null) {
            return null;
        }
        var due = regularDue(at);
        return later(due == null ? policy.recurrence().nextAfter(at, zone) : due, waits.regular());
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
     * Setting a policy forgets that the last cap held back or that credit went back, since the wallet asks anew; and, if failures
     * had switched it off, these too. Regular top-ups of a new rule, or of one that is switched on again, begin behind it.
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
                disabled ? Waits.NONE : waits.uncapped(),
                charged,
                month,
                goesOn ? servedUntil : at);
    }

    Replenishment requested(ReplenishRequested event) {
        var at = event.header().recordedAt();
        var asked = new PendingReplenishment(
                event.replenishmentId(), event.amount(), at, event.manual(), event.scheduledFor(), null);
        if (event.manual()) {
            return new Replenishment(
                    zone, policy, disabled, asked, requests + 1, failuresInRow, waits, charged, month, servedUntil);
        }
        var thisMonth = monthOf(at);
        var gap = policy.minimumGap().isZero() ? null : at.plus(policy.minimumGap());
        return new Replenishment(
                zone,
                policy,
                disabled,
                asked,
                requests + 1,
                failuresInRow,
                waits.backedOff(gap).capped(event.scheduledFor() != null, null),
                chargedIn(thisMonth).plus(event.amount()),
                thisMonth,
                servedUntil);
    }

    Replenishment awaitingCustomer(ReplenishActionRequired event) {
        var waiting =
                Objects.requireNonNull(pending, "Only what is pending waits.").awaiting(event.customerWait());
        return new Replenishment(
                zone, policy, disabled, waiting, requests, failuresInRow, waits, charged, month, servedUntil);
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
                ? ended(failuresInRow, waits.backOff(), charged, servedUntil)
                : ended(
                        failuresInRow + 1,
                        later(waits.backOff(), event.nextAttemptAt()),
                        chargedWithoutPending(),
                        servedUntil);
    }

    /** What is over stands in the way of nothing any more. */
    private @Nullable Instant gapAfter(ReplenishSettled paid) {
        return isOver(waits.backOff(), paid.header().recordedAt()) ? null : waits.backOff();
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
                waits.backedOff(backedOff),
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
        return waiting(waits.capped(event.scheduledFor() != null, event.until()));
    }

    /**
     * After one more event, as far as it is a reason to ask for more: credit that goes back with its money is none, not even when a
     * wait, a pause or another top-up is over that began before; what is used or lost otherwise is one.
     */
    Replenishment seeing(WalletEvent event, WalletState before) {
        if (Replenishing.usesOrLoses(event) && !comesBackInVain(event, before)) {
            return waits.wentBack() ? waiting(waits.wentBack(false)) : this;
        }
        return event instanceof CreditClawedBack clawed && hadEnough(before, clawed)
                ? waiting(waits.wentBack(true))
                : this;
    }

    /** Credit that comes back to a grant which had ended is lost at once, and leaves no less than there was. */
    private static boolean comesBackInVain(WalletEvent event, WalletState before) {
        return event instanceof GrantExpired expired && before.hadEnded(expired.grantId());
    }

    private boolean hadEnough(WalletState before, CreditClawedBack clawed) {
        return !before.availableAt(clawed.header().recordedAt()).isLessThan(policy.threshold());
    }

    private Replenishment waiting(Waits changed) {
        return new Replenishment(
                zone, policy, disabled, pending, requests, failuresInRow, changed, charged, month, servedUntil);
    }

    Replenishment switchedOff() {
        return new Replenishment(
                zone, policy, true, pending, requests, failuresInRow, waits, charged, month, servedUntil);
    }
}
