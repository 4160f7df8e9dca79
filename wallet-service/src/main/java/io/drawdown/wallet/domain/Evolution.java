package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletEvent.WalletAdded;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each event changes a wallet. Only assigns: every decision was taken when the event was recorded. */
final class Evolution {

    private Evolution() {}

    static WalletState after(WalletState wallet, WalletEvent event) {
        return changed(wallet, event).with(wallet.consumption().after(event, wallet));
    }

    private static WalletState changed(WalletState wallet, WalletEvent event) {
        return switch (event) {
            case WalletOpened opened -> WalletState.of(opened);
            case UsageDrawnDown drawn ->
                wallet.after(
                        drawn,
                        Grants.without(wallet.grants(), drawn.allocations()),
                        wallet.overdraft().plus(drawn.overdraft()),
                        wallet.holds());
            case UsageAdjusted adjusted ->
                wallet.after(
                        adjusted,
                        adjusted.grantsAfter(wallet.grants()),
                        wallet.overdraft().plus(adjusted.overdraft()),
                        wallet.holds());
            case CreditGranted granted -> granted(wallet, granted);
            case GrantExpired expired ->
                wallet.after(
                        expired,
                        Grants.without(wallet.grants(), expired.grantId(), expired.amount()),
                        wallet.overdraft(),
                        wallet.holds());
            case GrantVoided voided ->
                wallet.after(
                        voided,
                        Grants.without(wallet.grants(), voided.grantId(), voided.amount()),
                        wallet.overdraft(),
                        wallet.holds()
                                .withVoided(voided.grantId(), voided.header().recordedAt()));
            case OverdraftRepaid repaid ->
                wallet.after(
                        repaid,
                        Grants.without(wallet.grants(), repaid.allocations()),
                        wallet.overdraft().minus(repaid.amount()),
                        wallet.holds());
            case CreditClawedBack clawed -> clawedBack(wallet, clawed);
            case CreditGivenBack given -> givenBack(wallet, given);
            case OverdraftLimitChanged changed ->
                wallet.after(changed, wallet.grants(), wallet.overdraft(), wallet.holds())
                        .with(wallet.grantIds(), changed.limit(), wallet.reversals());
            case HoldPlaced placed ->
                wallet.after(
                        placed,
                        Grants.without(wallet.grants(), placed.allocations()),
                        wallet.overdraft(),
                        wallet.holds().with(hold(wallet, placed)));
            case HoldCaptured captured ->
                wallet.after(
                        captured,
                        wallet.grants(),
                        wallet.overdraft().plus(captured.overdraft()),
                        wallet.holds()
                                .withLess(held(wallet, captured.holdId())
                                        .without(captured.allocations(), captured.overdraft())));
            case HoldReleased released -> released(wallet, released);
            case WalletAdded added -> wallet.after(added, wallet.routes().with(added.added()));
            case MeterRouted routed -> routed(wallet, routed);
            case WalletStatusChanged changed -> wallet.after(changed, changed.status());
            case GrantForfeited forfeited ->
                wallet.after(
                        forfeited,
                        Grants.without(wallet.grants(), forfeited.grantId(), forfeited.amount()),
                        wallet.overdraft(),
                        wallet.holds());
            case SettlementChanged changed ->
                wallet.after(changed, wallet.settlements().with(changed.meterId(), changed.mode()));
            case UsageLeftToArrears _, ArrearsAdjusted _ -> wallet.after(event, wallet.settlements());
            case ReplenishmentPolicyChanged changed ->
                wallet.after(changed, wallet.replenishment().with(changed.policy(wallet.currency())));
            case ReplenishRequested requested ->
                wallet.after(requested, wallet.replenishment().requested(requested));
            case ReplenishSettled settled ->
                wallet.after(settled, wallet.replenishment().settled(settled));
            case ReplenishmentHeldBack heldBack ->
                wallet.after(heldBack, wallet.replenishment().heldBack(heldBack));
            case ReplenishmentDisabled disabled ->
                wallet.after(disabled, wallet.replenishment().switchedOff());
        };
    }

    /** Only the main wallet remembers it; in another's history it marks the end of what was decided before. */
    private static WalletState routed(WalletState wallet, MeterRouted event) {
        return wallet.after(
                event, wallet.id().isMain() ? wallet.routes().with(event.meterId(), event.payer()) : wallet.routes());
    }

    private static WalletState granted(WalletState wallet, CreditGranted event) {
        return wallet.after(
                        event,
                        Grants.with(wallet.grants(), event),
                        wallet.overdraft().minus(event.overdraftRepaid()),
                        wallet.holds())
                .with(wallet.grantIds().with(event.grantId()), wallet.overdraftLimit(), wallet.reversals());
    }

    private static Hold hold(WalletState wallet, HoldPlaced event) {
        return new Hold(
                event.holdId(),
                Grants.lots(wallet.grants(), event.allocations()),
                event.overdraft(),
                event.meterId(),
                event.header().recordedAt(),
                event.expiresAt());
    }

    private static WalletState released(WalletState wallet, HoldReleased event) {
        var hold = held(wallet, event.holdId());
        return wallet.after(
                event,
                Grants.returning(wallet.grants(), hold.lots()),
                wallet.overdraft(),
                wallet.holds().withLess(hold.without(event.allocations(), event.overdraft())));
    }

    private static Hold held(WalletState wallet, HoldId holdId) {
        var hold = wallet.holds().find(holdId);
        if (hold == null) {
            throw new IllegalStateException("Wallet " + wallet.id() + " has no hold " + holdId + " at version "
                    + wallet.version() + "; its history is damaged");
        }
        return hold;
    }

    private static WalletState clawedBack(WalletState wallet, CreditClawedBack event) {
        var fromGrant = event.amount().minus(event.overdraft());
        var left =
                fromGrant.isPositive() ? Grants.without(wallet.grants(), event.grantId(), fromGrant) : wallet.grants();
        var before = reversal(wallet, new Reversal.Key(event.reversalId(), event.grantId()));
        var reversal = new Reversal(
                event.reversalId(),
                event.grantId(),
                before.credit().plus(event.amount()),
                before.costBasis().plus(event.costBasis()),
                event.seenAt());
        return wallet.after(event, left, wallet.overdraft().plus(event.overdraft()), wallet.holds())
                .with(wallet.grantIds(), wallet.overdraftLimit(), with(wallet, reversal));
    }

    private static WalletState givenBack(WalletState wallet, CreditGivenBack event) {
        var toGrant = event.amount().minus(event.overdraftRepaid());
        var left = toGrant.isPositive()
                ? Grants.returning(wallet.grants(), List.of(bought(event, toGrant)))
                : wallet.grants();
        var before = reversal(wallet, new Reversal.Key(event.reversalId(), event.grantId()));
        var reversal = new Reversal(
                event.reversalId(),
                event.grantId(),
                before.credit().minus(event.amount()),
                before.costBasis().minus(event.costBasis()),
                event.seenAt());
        return wallet.after(event, left, wallet.overdraft().minus(event.overdraftRepaid()), wallet.holds())
                .with(wallet.grantIds(), wallet.overdraftLimit(), with(wallet, reversal));
    }

    /** A bought grant as it began. */
    static Grant bought(CreditGivenBack event, Money remaining) {
        return new Grant(
                event.grantId(),
                remaining,
                GrantKind.PAID,
                Crediting.DEFAULT_PRIORITY,
                event.effectiveAt(),
                null,
                List.of(),
                event.effectiveAt());
    }

    private static Reversal reversal(WalletState wallet, Reversal.Key key) {
        var known = wallet.reversals().get(key);
        var zero = Money.zero(wallet.currency());
        return known == null ? new Reversal(key.reversalId(), key.grantId(), zero, zero, wallet.recordedAt()) : known;
    }

    private static Map<Reversal.Key, Reversal> with(WalletState wallet, Reversal reversal) {
        var reversals = new HashMap<>(wallet.reversals());
        reversals.put(new Reversal.Key(reversal.reversalId(), reversal.grantId()), reversal);
        return Map.copyOf(reversals);
    }
}
