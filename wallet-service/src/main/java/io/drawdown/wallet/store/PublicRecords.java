package io.drawdown.wallet.store;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.Allocation;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.WalletEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** From a wallet's events to the public records that are stored and sent. {@link RecordedEvents} is the way back. */
final class PublicRecords {

    private PublicRecords() {}

    static SpecificRecord of(WalletEvent event) {
        return switch (event) {
            case WalletEvent.WalletOpened opened -> opened(opened);
            case WalletEvent.ReplenishmentPolicyChanged changed -> ReplenishmentRecords.policyChanged(changed);
            case WalletEvent.CreditGranted granted -> granted(granted);
            case WalletEvent.GrantRolledOver rolled -> GrantRecords.rolledOver(rolled);
            case WalletEvent.GrantExpired expired -> GrantRecords.expired(expired);
            case WalletEvent.GrantVoided voided -> GrantRecords.voided(voided);
            case WalletEvent.OverdraftRepaid repaid -> GrantRecords.repaid(repaid);
            case WalletEvent.OverdraftLimitChanged changed -> HoldRecords.limit(changed);
            case WalletEvent.HoldPlaced placed -> HoldRecords.placed(placed);
            case WalletEvent.HoldCaptured captured -> HoldRecords.captured(captured);
            case WalletEvent.HoldReleased released -> HoldRecords.released(released);
            case WalletEvent.CreditClawedBack clawed -> ReversalRecords.clawedBack(clawed);
            case WalletEvent.CreditGivenBack given -> ReversalRecords.givenBack(given);
            case WalletEvent.UsageDrawnDown drawn -> UsageRecords.drawnDown(drawn);
            case WalletEvent.UsageAdjusted adjusted -> UsageRecords.adjusted(adjusted);
            case WalletEvent.WalletAdded added -> RouteRecords.added(added);
            case WalletEvent.MeterRouted routed -> RouteRecords.routed(routed);
            case WalletEvent.WalletStatusChanged changed -> StatusRecords.changed(changed);
            case WalletEvent.GrantForfeited forfeited -> StatusRecords.forfeited(forfeited);
            case WalletEvent.SettlementChanged changed -> SettlementRecords.changed(changed);
            case WalletEvent.UsageLeftToArrears left -> SettlementRecords.left(left);
            case WalletEvent.ArrearsAdjusted adjusted -> SettlementRecords.adjusted(adjusted);
            case WalletEvent.ReplenishRequested requested -> ReplenishmentRecords.requested(requested);
            case WalletEvent.ReplenishActionRequired required -> ReplenishmentRecords.actionRequired(required);
            case WalletEvent.ReplenishmentHeldBack heldBack -> ReplenishmentRecords.heldBack(heldBack);
            case WalletEvent.ReplenishmentDisabled disabled -> ReplenishmentRecords.disabled(disabled);
            case WalletEvent.ReplenishSettled settled -> ReplenishmentRecords.settled(settled);
        };
    }

    private static WalletOpened opened(WalletEvent.WalletOpened event) {
        var header = event.header();
        return new WalletOpened(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.currency().getCurrencyCode(),
                event.zone().id());
    }

    private static CreditGranted granted(WalletEvent.CreditGranted event) {
        var header = event.header();
        var granted = new CreditGranted();
        granted.setWalletId(header.walletId().value());
        granted.setAccountId(header.accountId().value());
        granted.setSequence(header.sequence());
        granted.setRecordedAt(header.recordedAt());
        granted.setGrantId(event.grantId().value());
        granted.setAmount(money(event.amount()));
        granted.setCostBasis(money(event.costBasis()));
        granted.setKind(kind(event.kind()));
        granted.setPriority(event.priority());
        granted.setEffectiveAt(event.effectiveAt());
        granted.setExpiresAt(event.expiresAt());
        granted.setOverdraftRepaid(event.overdraftRepaid().numeral());
        granted.setSettledAfter(event.settledAfter().numeral());
        granted.setMeterIds(event.meterIds());
        granted.setRollover(GrantRecords.rollover(event.rollover()));
        setCause(granted, event.cause());
        return granted;
    }

    private static void setCause(CreditGranted granted, GrantCause cause) {
        switch (cause) {
            case GrantCause.PaidInvoice purchase -> setPurchase(granted, purchase);
            case GrantCause.Bonus(var purchase) -> {
                setPurchase(granted, purchase);
                granted.setBonusOf(GrantId.ofInvoiceLine(purchase.lineId()).value());
            }
            case GrantCause.Given(var reason) -> granted.setReason(reason);
        }
    }

    private static void setPurchase(CreditGranted granted, GrantCause.PaidInvoice purchase) {
        var replenishmentId = purchase.replenishmentId();
        granted.setInvoiceId(purchase.invoiceId());
        granted.setInvoiceLineId(purchase.lineId());
        granted.setReplenishmentId(replenishmentId == null ? null : replenishmentId.value());
    }

    static List<Allocation> allocations(List<io.drawdown.wallet.domain.Allocation> allocations) {
        var records = new ArrayList<Allocation>(allocations.size());
        for (var allocation : allocations) {
            records.add(new Allocation(
                    allocation.grantId().value(), allocation.amount().numeral()));
        }
        return records;
    }

    static Money money(io.drawdown.wallet.domain.Money money) {
        return new Money(money.numeral(), money.currency().getCurrencyCode());
    }

    static GrantKind kind(io.drawdown.wallet.domain.GrantKind kind) {
        return switch (kind) {
            case PAID -> GrantKind.PAID;
            case PROMOTIONAL -> GrantKind.PROMOTIONAL;
        };
    }
}
