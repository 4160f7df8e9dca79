package io.drawdown.chaos.check;

import static io.drawdown.chaos.check.LocalClock.Window.MONTH;

import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The rules of one wallet's top-ups: when it may ask for one, and when it has to. */
final class TopUps {

    /** The shortest that the run lets a wallet rest after a decline. */
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);

    private final Consumer<String> violations;
    private final LocalClock clock;
    private final Map<Instant, BigDecimal> charged = new HashMap<>();
    private @Nullable Instant openedAt;
    private @Nullable ReplenishmentPolicyChanged policy;
    private @Nullable ReplenishRequested pending;
    private Instant notBefore = Instant.EPOCH;
    private Instant heldBackUntil = Instant.EPOCH;
    private Instant regularHeldBackUntil = Instant.EPOCH;
    private boolean disabled;
    private int failuresInRow;
    private boolean overdue;
    private boolean wentBack;

    TopUps(Consumer<String> violations, LocalClock clock) {
        this.violations = violations;
        this.clock = clock;
    }

    /** Looks at an event before it changes anything: the decision before it has ended unless this is a part of it. */
    void look(SpecificRecord event) {
        if (overdue && !mayEndADecision(event)) {
            violations.accept("follows less than the threshold, and no top-up was asked for");
            overdue = false;
        }
    }

    /** Nothing more has happened. */
    void end() {
        if (overdue) {
            violations.accept("leaves less than the threshold, and no top-up is asked for");
        }
    }

    private static boolean mayEndADecision(SpecificRecord event) {
        return switch (event) {
            case ReplenishRequested _, ReplenishmentHeldBack _, ReplenishmentDisabled _, UsageLeftToArrears _ -> true;
            case HoldReleased _, GrantRolledOver _, GrantExpired _, OverdraftRepaid _ -> true;
            default -> false;
        };
    }

    /**
     * Looks at what an event has left. After some the wallet asks before anything else is decided; others end a decision.
     *
     * @param lostLongAgo whether it loses what no wallet could spend any more before it: that is no loss of now
     */
    void see(SpecificRecord event, boolean lostLongAgo, boolean open, Instant at, Supplier<BigDecimal> available) {
        wentBack = wentBack && (lostLongAgo || !usesOrLoses(event));
        overdue = (overdue || makesItAsk(event)) && open && mayAskAt(at) && isTooLittle(available);
    }

    /** Credit goes back with its money. Where there was enough, the wallet asks for none until something is used or lost. */
    void goBack(BigDecimal availableBefore) {
        wentBack |= policy != null && availableBefore.compareTo(new BigDecimal(policy.getThreshold())) >= 0;
    }

    private static boolean usesOrLoses(SpecificRecord event) {
        return switch (event) {
            case UsageDrawnDown _, HoldPlaced _ -> true;
            case GrantExpired _, GrantVoided _, GrantForfeited _ -> true;
            case UsageAdjusted adjusted -> new BigDecimal(adjusted.getAmount()).signum() > 0;
            case UsageLeftToArrears left -> left.getMode() == SettlementMode.PREPAID_THEN_ARREARS;
            default -> false;
        };
    }

    /** Opening a wallet does not, nor does money that goes back. */
    private static boolean makesItAsk(SpecificRecord event) {
        return switch (event) {
            case UsageDrawnDown _, UsageAdjusted _, HoldPlaced _, GrantVoided _ -> true;
            case WalletStatusChanged _, ReplenishSettled _ -> true;
            case UsageLeftToArrears left -> left.getMode() == SettlementMode.PREPAID_THEN_ARREARS;
            default -> false;
        };
    }

    private boolean mayAskAt(Instant at) {
        return pending == null && !disabled && !wentBack && !at.isBefore(notBefore) && !at.isBefore(heldBackUntil);
    }

    private boolean isTooLittle(Supplier<BigDecimal> available) {
        return policy != null
                && policy.getEnabled()
                && (policy.getTarget() != null || new BigDecimal(policy.getAmount()).signum() > 0)
                && available.get().compareTo(new BigDecimal(policy.getThreshold())) < 0;
    }

    void disable() {
        if (policy == null || failuresInRow < policy.getDisableAfter() || policy.getDisableAfter() == 0) {
            violations.accept("switches top-ups off after " + failuresInRow + " failures");
        }
        disabled = true;
    }

    void open(WalletOpened opened) {
        openedAt = opened.getRecordedAt();
    }

    /** One that comes with the opening is no reason to ask. */
    void change(ReplenishmentPolicyChanged changed) {
        policy = changed;
        overdue = !changed.getRecordedAt().equals(openedAt);
        disabled = false;
        wentBack = false;
        heldBackUntil = Instant.EPOCH;
        regularHeldBackUntil = Instant.EPOCH;
    }

    void request(ReplenishRequested request, BigDecimal available) {
        if (pending != null) {
            violations.accept("asks for a top-up while " + pending.getReplenishmentId() + " is pending");
        }
        if (!Amounts.equal(available, new BigDecimal(request.getAvailable()))) {
            violations.accept("says that " + request.getAvailable() + " is available, which is " + available);
        }
        pending = request;
        if (!request.getManual()) {
            requestByItself(request, available);
        }
    }

    private void requestByItself(ReplenishRequested request, BigDecimal available) {
        var at = request.getRecordedAt();
        if (policy == null || !policy.getEnabled()) {
            violations.accept("asks for a top-up although that is switched off");
            return;
        }
        if (request.getScheduledFor() == null && available.compareTo(new BigDecimal(policy.getThreshold())) >= 0) {
            violations.accept("asks for a top-up at " + available + ", which is not below " + policy.getThreshold());
        }
        if (request.getScheduledFor() == null && wentBack) {
            violations.accept("asks for a top-up although nothing but credit that went back has left too little");
        }
        var capped = request.getScheduledFor() == null ? heldBackUntil : regularHeldBackUntil;
        if (at.isBefore(notBefore) || at.isBefore(capped)) {
            violations.accept("asks for a top-up at " + at + ", before " + notBefore + " or " + capped);
        }
        charge(request, policy);
        notBefore = at.plusMillis(policy.getMinimumGapMillis());
    }

    private void charge(ReplenishRequested request, ReplenishmentPolicyChanged rule) {
        var total = charged.merge(month(request), Amounts.of(request.getAmount()), BigDecimal::add);
        var cap = rule.getMonthlyCap();
        if (cap != null && total.compareTo(new BigDecimal(cap)) > 0) {
            violations.accept("charges " + total + " in a month that is capped at " + cap);
        }
    }

    void awaitCustomer(ReplenishActionRequired required) {
        if (pending == null || !pending.getReplenishmentId().equals(required.getReplenishmentId())) {
            violations.accept(
                    "waits for a customer to pay " + required.getReplenishmentId() + ", which is not pending");
        }
    }

    void settle(ReplenishSettled settled) {
        var ended = pending;
        pending = null;
        if (ended == null || !ended.getReplenishmentId().equals(settled.getReplenishmentId())) {
            violations.accept("ends " + settled.getReplenishmentId() + ", which is not pending");
            return;
        }
        if (settled.getOutcome() == ReplenishmentOutcome.FAILED) {
            failuresInRow++;
        } else {
            failuresInRow = 0;
        }
        if (settled.getOutcome() == ReplenishmentOutcome.FAILED && !ended.getManual()) {
            charged.merge(month(ended), Amounts.of(ended.getAmount()).negate(), BigDecimal::add);
            rest(settled);
        }
    }

    private void rest(ReplenishSettled failed) {
        var next = failed.getNextAttemptAt();
        if (next == null || next.isBefore(failed.getRecordedAt().plus(FIRST_BACK_OFF))) {
            violations.accept("does not rest after a failure: the next attempt may be at " + next);
        }
        notBefore = next != null && next.isAfter(notBefore) ? next : notBefore;
    }

    void holdBack(ReplenishmentHeldBack heldBack) {
        var end = clock.endOf(MONTH, heldBack.getRecordedAt());
        if (!end.equals(heldBack.getUntil())) {
            violations.accept("holds a top-up back until " + heldBack.getUntil() + " in a month that ends at " + end);
        }
        requireBeyondTheCap(heldBack);
        if (heldBack.getScheduledFor() == null) {
            heldBackUntil = end;
        } else {
            regularHeldBackUntil = end;
        }
    }

    private void requireBeyondTheCap(ReplenishmentHeldBack heldBack) {
        var before = charged.getOrDefault(clock.startOf(MONTH, heldBack.getRecordedAt()), BigDecimal.ZERO);
        var total = before.add(Amounts.of(heldBack.getAmount()));
        var cap = policy == null ? null : policy.getMonthlyCap();
        if (cap == null || total.compareTo(new BigDecimal(cap)) <= 0) {
            violations.accept("holds a top-up back that makes " + total + " in a month that is capped at " + cap);
        }
    }

    private Instant month(ReplenishRequested request) {
        return clock.startOf(MONTH, request.getRecordedAt());
    }

    boolean isPending() {
        return pending != null;
    }
}
