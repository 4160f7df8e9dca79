package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.usd;

import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When a wallet may ask for a top-up, and when it must; for how much. Shares no code with the wallet but its amounts. */
final class ModelTopUps {

    private static final int LONGEST_BACK_OFF = 24;

    private final ZoneId zone;
    private final Map<YearMonth, Money> charged = new HashMap<>();
    private ReplenishmentPolicy policy = new ReplenishmentPolicy(false, usd("0"), usd("0"));
    private @Nullable ReplenishRequested pending;
    private boolean open = true;
    private boolean disabled;
    private boolean wanted;
    private boolean wentBack;
    private int failures;
    private Instant backedOffUntil = Instant.EPOCH;
    private Instant heldBackUntil = Instant.EPOCH;
    private Instant regularHeldBackUntil = Instant.EPOCH;
    private Instant servedUntil = Instant.EPOCH;

    ModelTopUps(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Regular ones of another rule begin behind it. A wallet that has less than the threshold asks, unless it is opened just now.
     */
    void change(ReplenishmentPolicy changed, boolean opening, Instant at) {
        if (isSet(changed)) {
            return;
        }
        if (!policy.enabled() || disabled || !Objects.equals(policy.recurrence(), changed.recurrence())) {
            servedUntil = at;
        }
        if (disabled) {
            failures = 0;
            backedOffUntil = Instant.EPOCH;
        }
        policy = changed;
        wanted = !opening;
        wentBack = false;
        disabled = false;
        heldBackUntil = Instant.EPOCH;
        regularHeldBackUntil = Instant.EPOCH;
    }

    /** Whether its regular top-ups ever fit into a month. */
    static boolean isPossible(ReplenishmentPolicy policy) {
        return policy.recurrence() == null
                || policy.monthlyCap() == null
                || !policy.monthlyCap().isLessThan(policy.recurrence().amount());
    }

    /** Whether setting a policy changes nothing. */
    boolean isSet(ReplenishmentPolicy other) {
        return other.equals(policy) && !disabled;
    }

    void open(boolean isOpen) {
        open = isOpen;
    }

    boolean isPending() {
        return pending != null;
    }

    boolean isDisabled() {
        return disabled;
    }

    /**
     * What a command has left.
     *
     * @param reason whether it has left less than there was, has ended a top-up, or has found too little for usage that it left to Stripe
     */
    void see(Money available, boolean reason) {
        wanted = available.isLessThan(policy.threshold()) && (wanted || reason);
    }

    /** Money went back, and credit with it: where there was enough, that is no reason to ask until something is used. */
    void goBack(Money availableBefore) {
        wentBack |= !availableBefore.isLessThan(policy.threshold());
    }

    /** Something else was used or lost. */
    void use() {
        wentBack = false;
    }

    /** Whether it should have asked by now. */
    boolean isOverdue(Instant at, Money available) {
        return mayAskForRegular(at) || (wanted && mayAskForThreshold(at, available));
    }

    /** Asks; answers whether that was right. */
    boolean ask(ReplenishRequested request, Money available) {
        var isRight = request.manual() ? open && pending == null : isRight(request, available);
        pending = request;
        return isRight;
    }

    private boolean isRight(ReplenishRequested request, Money available) {
        var at = request.header().recordedAt();
        var isRight = isTurnOf(request.scheduledFor(), at, available)
                && request.amount().equals(charge(request.scheduledFor(), available))
                && !exceedsCap(request.amount(), at);
        charged.merge(month(at), request.amount(), Money::plus);
        backedOffUntil = at.plus(policy.minimumGap());
        return isRight;
    }

    /** Is held back; answers whether that was right. */
    boolean holdBack(ReplenishmentHeldBack heldBack, Money available) {
        var at = heldBack.header().recordedAt();
        var charge = charge(heldBack.scheduledFor(), available);
        var isRight = isTurnOf(heldBack.scheduledFor(), at, available)
                && heldBack.amount().equals(charge)
                && exceedsCap(charge, at);
        var nextMonth = month(at).plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        if (heldBack.scheduledFor() == null) {
            heldBackUntil = nextMonth;
        } else {
            regularHeldBackUntil = nextMonth;
        }
        return isRight;
    }

    /** A regular one goes first, unless it is held back. */
    private boolean isTurnOf(@Nullable Instant scheduledFor, Instant at, Money available) {
        return scheduledFor == null
                ? mayAskForThreshold(at, available) && !mayAskForRegular(at)
                : mayAskForRegular(at) && scheduledFor.equals(regularDue(at));
    }

    /** One, two, four hours and so on, up to a day. */
    void decline(Instant at) {
        if (!pending.manual()) {
            var pause = Duration.ofHours(Math.min(LONGEST_BACK_OFF, 1 << Math.min(failures, 10)));
            failures++;
            backedOffUntil = later(backedOffUntil, at.plus(pause));
            charged.merge(month(pending.header().recordedAt()), pending.amount(), (all, one) -> all.minus(one));
            disabled |= policy.disableAfter() > 0 && failures >= policy.disableAfter();
        }
        pending = null;
    }

    void pay() {
        if (pending.scheduledFor() != null) {
            servedUntil = later(servedUntil, pending.scheduledFor());
        }
        failures = 0;
        pending = null;
    }

    private boolean mayAskForThreshold(Instant at, Money available) {
        return mayAsk(at) && !wentBack && !at.isBefore(heldBackUntil) && available.isLessThan(policy.threshold());
    }

    private boolean mayAskForRegular(Instant at) {
        return mayAsk(at) && !at.isBefore(regularHeldBackUntil) && regularDue(at) != null;
    }

    private boolean mayAsk(Instant at) {
        return open && pending == null && !disabled && policy.enabled() && !at.isBefore(backedOffUntil);
    }

    private @Nullable Instant regularDue(Instant at) {
        var regular = policy.recurrence();
        if (!policy.enabled() || regular == null) {
            return null;
        }
        Instant latest = null;
        var next = regular.first();
        for (int i = 1; !next.isAfter(at); i++) {
            latest = next;
            next = daysAfter(regular.first(), i * regular.every().days());
        }
        return latest != null && latest.isAfter(servedUntil) ? latest : null;
    }

    private Instant daysAfter(Instant instant, int days) {
        return instant.atZone(zone).plus(days, ChronoUnit.DAYS).toInstant();
    }

    private Money charge(@Nullable Instant scheduledFor, Money available) {
        if (scheduledFor != null) {
            return policy.recurrence().amount();
        }
        return policy.target() == null ? byAmount(available) : upTo(policy.target(), available);
    }

    private Money byAmount(Money available) {
        var charge = policy.amount();
        while (available.plus(charge).isLessThan(policy.threshold())) {
            charge = charge.plus(policy.amount());
        }
        return charge;
    }

    private static Money upTo(Money target, Money available) {
        var cents = target.minus(available).amount().setScale(2, RoundingMode.CEILING);
        return new Money(cents, target.currency());
    }

    private boolean exceedsCap(Money charge, Instant at) {
        var nothing = Money.zero(charge.currency());
        return policy.monthlyCap() != null
                && policy.monthlyCap()
                        .isLessThan(charged.getOrDefault(month(at), nothing).plus(charge));
    }

    private YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(zone));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
