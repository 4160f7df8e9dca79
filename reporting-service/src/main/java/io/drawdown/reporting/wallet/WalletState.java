package io.drawdown.reporting.wallet;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A wallet's row while a batch is applied to it. Mutable: a busy wallet takes thousands of events a second. */
final class WalletState {

    static final long NONE = -1;

    final String walletId;
    final String accountId;

    @Nullable
    String currency;

    @Nullable
    Instant openedAt;

    long sequence = NONE;
    long seen = NONE;
    BigDecimal settled = BigDecimal.ZERO;
    BigDecimal granted = BigDecimal.ZERO;
    BigDecimal paid = BigDecimal.ZERO;
    BigDecimal drawnDown = BigDecimal.ZERO;
    boolean replenishing;

    @Nullable
    BigDecimal threshold;

    @Nullable
    BigDecimal replenishmentAmount;

    @Nullable
    String pending;

    boolean awaitingCustomer;

    @Nullable
    String lastFailure;

    Instant lastEventAt = Instant.EPOCH;

    WalletState(String walletId, String accountId) {
        this.walletId = walletId;
        this.accountId = accountId;
    }

    /** Whether an event is missing before one that has come. */
    boolean isIncomplete() {
        return seen > sequence;
    }

    /** Applies the event if it is the next; false when it is a repeat or when one before it is missing. */
    boolean apply(Entry entry) {
        seen = Math.max(seen, entry.sequence());
        if (entry.sequence() != sequence + 1) {
            return false;
        }
        sequence = entry.sequence();
        lastEventAt = entry.recordedAt();
        switch (entry.event()) {
            case WalletOpened opened -> apply(opened);
            case ReplenishmentPolicyChanged policy -> apply(policy);
            case CreditGranted grant -> apply(grant);
            case GrantRolledOver _ -> {} // The credit goes on: no more was granted, nothing was lost.
            case GrantExpired expired -> settled = new BigDecimal(expired.getSettledAfter());
            case GrantVoided voided -> settled = new BigDecimal(voided.getSettledAfter());
            case OverdraftRepaid repaid -> settled = new BigDecimal(repaid.getSettledAfter());
            case OverdraftLimitChanged _, HoldPlaced _, HoldReleased _ -> {} // No money came or went.
            case HoldCaptured captured -> apply(captured);
            case CreditClawedBack clawed -> apply(clawed);
            case CreditGivenBack given -> apply(given);
            case UsageDrawnDown usage -> apply(usage);
            case GrantForfeited forfeited -> settled = new BigDecimal(forfeited.getSettledAfter());
            case WalletStatusChanged _,
                    WalletAdded _,
                    MeterRouted _,
                    SettlementChanged _,
                    UsageLeftToArrears _,
                    ArrearsAdjusted _ -> {} // No money came or went.
            case UsageAdjusted adjusted -> apply(adjusted);
            case ReplenishRequested request -> apply(request);
            case ReplenishSettled settlement -> apply(settlement);
            case ReplenishActionRequired _ -> awaitingCustomer = true;
            case ReplenishmentHeldBack _ -> lastFailure = "cap-reached";
            case ReplenishmentDisabled _ -> replenishing = false;
            default -> throw new IllegalStateException("Entry lets only known events pass: " + entry);
        }
        return true;
    }

    private void apply(WalletOpened opened) {
        currency = opened.getCurrency();
        openedAt = opened.getRecordedAt();
    }

    private void apply(ReplenishmentPolicyChanged policy) {
        replenishing = policy.getEnabled();
        threshold = new BigDecimal(policy.getThreshold());
        replenishmentAmount = new BigDecimal(policy.getAmount());
    }

    private void apply(CreditGranted grant) {
        granted = granted.add(new BigDecimal(grant.getAmount().getAmount()));
        paid = paid.add(new BigDecimal(grant.getCostBasis().getAmount()));
        settled = new BigDecimal(grant.getSettledAfter());
    }

    private void apply(UsageDrawnDown usage) {
        drawnDown = drawnDown.add(new BigDecimal(usage.getTotal()));
        settled = new BigDecimal(usage.getSettledAfter());
    }

    private void apply(UsageAdjusted adjusted) {
        drawnDown = drawnDown.add(new BigDecimal(adjusted.getAmount()));
        settled = new BigDecimal(adjusted.getSettledAfter());
    }

    private void apply(CreditClawedBack clawed) {
        granted = granted.subtract(new BigDecimal(clawed.getAmount().getAmount()))
                .subtract(new BigDecimal(clawed.getLost()));
        paid = paid.subtract(new BigDecimal(clawed.getCostBasis().getAmount()));
        settled = new BigDecimal(clawed.getSettledAfter());
    }

    private void apply(CreditGivenBack given) {
        granted = granted.add(new BigDecimal(given.getAmount().getAmount())).add(new BigDecimal(given.getLost()));
        paid = paid.add(new BigDecimal(given.getCostBasis().getAmount()));
        settled = new BigDecimal(given.getSettledAfter());
    }

    private void apply(HoldCaptured captured) {
        drawnDown = drawnDown.add(new BigDecimal(captured.getAmount().getAmount()));
        settled = new BigDecimal(captured.getSettledAfter());
    }

    private void apply(ReplenishRequested request) {
        pending = request.getReplenishmentId();
        awaitingCustomer = false;
    }

    private void apply(ReplenishSettled settlement) {
        pending = null;
        awaitingCustomer = false;
        lastFailure = settlement.getOutcome() == ReplenishmentOutcome.FAILED ? settlement.getReason() : null;
    }
}
