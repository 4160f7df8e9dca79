package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
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
        var after = changed(wallet, event);
        return after.with(
                wallet.consumption().after(event, wallet),
                wallet.ends().after(event),
                after.replenishment().seeing(event, wallet));
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
            case GrantRolledOver rolled -> rolledOver(wallet, rolled);
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
                                .withExpiry(voided.grantId(), voided.header().recordedAt()));
            case OverdraftRepaid repaid ->
                wallet.after(
                                repaid,
                                Grants.without(wallet.grants(), repaid.allocations()),
                                wallet.overdraft().minus(repaid.amount()),
                                wallet.holds())
                        .with(wallet.grantIds(), wallet.overdraftLimit(), Owing.after(wallet, repaid));
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
                wallet.after(
                        changed,
                        wallet.replenishment()
                                .with(
                                        changed.policy(wallet.currency()),
                                        changed.header().recordedAt()));
            case ReplenishRequested requested ->
                wallet.after(requested, wallet.replenishment().requested(requested));
            case ReplenishActionRequired required ->
                wallet.after(required, wallet.replenishment().awaitingCustomer(required));
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

    private static WalletState rolledOver(WalletState wallet, GrantRolledOver event) {
        var left = Grants.without(wallet.grants(), event.grantId(), event.amount());
        return wallet.after(event, Grants.returning(left, List.of(event.into())), wallet.overdraft(), wallet.holds())
                .with(wallet.grantIds().with(event.into().id()), wallet.overdraftLimit(), wallet.reversals());
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
        var reversal = wallet.reversal(new Reversal.Key(event.reversalId(), event.grantId()));
        return wallet.after(
                        event,
                        Grants.without(wallet.grants(), event.allocations()),
                        wallet.overdraft().plus(event.overdraft()),
                        wallet.holds())
                .with(wallet.grantIds(), wallet.overdraftLimit(), with(wallet, reversal.after(event)));
    }

    private static WalletState givenBack(WalletState wallet, CreditGivenBack event) {
        var expiresAt = event.expiresAnew();
        return wallet.after(
                        event,
                        grantsAfter(wallet.grants(), event),
                        wallet.overdraft().minus(event.overdraftRepaid()),
                        expiresAt == null ? wallet.holds() : wallet.holds().withExpiry(event.grantId(), expiresAt))
                .with(wallet.grantIds(), wallet.overdraftLimit(), Owing.after(wallet, event));
    }

    private static List<Grant> grantsAfter(List<Grant> grants, CreditGivenBack event) {
        var expiresAt = event.expiresAnew();
        var expiring =
                expiresAt == null ? grants : Grants.inBurnOrder(Grants.expiring(grants, event.grantId(), expiresAt));
        var toGrant = event.amount().minus(event.overdraftRepaid());
        return toGrant.isPositive()
                ? Grants.returning(expiring, List.of(event.grant().leaving(toGrant)))
                : expiring;
    }

    private static Map<Reversal.Key, Reversal> with(WalletState wallet, Reversal reversal) {
        var reversals = new HashMap<>(wallet.reversals());
        reversals.put(reversal.key(), reversal);
        return Map.copyOf(reversals);
    }
}
