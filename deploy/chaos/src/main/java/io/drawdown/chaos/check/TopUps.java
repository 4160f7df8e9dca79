package io.drawdown.chaos.check;

import static io.drawdown.chaos.check.LocalClock.Window.MONTH;

import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of one wallet's top-ups. */
final class TopUps {

    private final Consumer<String> violations;
    private final LocalClock clock;
    private final Map<Instant, BigDecimal> charged = new HashMap<>();
    private @Nullable ReplenishmentPolicyChanged policy;
    private @Nullable ReplenishRequested pending;
    private Instant notBefore = Instant.EPOCH;
    private Instant heldBackUntil = Instant.EPOCH;

    TopUps(Consumer<String> violations, LocalClock clock) {
        this.violations = violations;
        this.clock = clock;
    }

    void change(ReplenishmentPolicyChanged changed) {
        policy = changed;
        heldBackUntil = Instant.EPOCH;
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
        if (at.isBefore(notBefore) || at.isBefore(heldBackUntil)) {
            violations.accept("asks for a top-up at " + at + ", before " + notBefore + " or " + heldBackUntil);
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

    void settle(ReplenishSettled settled) {
        var ended = pending;
        pending = null;
        if (ended == null || !ended.getReplenishmentId().equals(settled.getReplenishmentId())) {
            violations.accept("ends " + settled.getReplenishmentId() + ", which is not pending");
            return;
        }
        var next = settled.getNextAttemptAt();
        if (settled.getOutcome() == ReplenishmentOutcome.FAILED && !ended.getManual()) {
            charged.merge(month(ended), Amounts.of(ended.getAmount()).negate(), BigDecimal::add);
            notBefore = next != null && next.isAfter(notBefore) ? next : notBefore;
        }
    }

    void holdBack(ReplenishmentHeldBack heldBack) {
        heldBackUntil = clock.endOf(MONTH, heldBack.getRecordedAt());
        if (!heldBackUntil.equals(heldBack.getUntil())) {
            violations.accept(
                    "holds a top-up back until " + heldBack.getUntil() + " in a month that ends at " + heldBackUntil);
        }
    }

    private Instant month(ReplenishRequested request) {
        return clock.startOf(MONTH, request.getRecordedAt());
    }

    boolean isPending() {
        return pending != null;
    }
}
