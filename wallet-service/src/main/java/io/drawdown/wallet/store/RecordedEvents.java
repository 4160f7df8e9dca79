package io.drawdown.wallet.store;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantKind;
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
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From stored public records back to a wallet's events: the inverse of {@link PublicRecords}. */
final class RecordedEvents {

    private RecordedEvents() {}

    /** @throws IllegalStateException if the record is no wallet event or says something this version does not know */
    static WalletEvent of(Object stored) {
        return switch (stored) {
            case WalletOpened opened ->
                new WalletEvent.WalletOpened(
                        header(
                                opened.getWalletId(),
                                opened.getAccountId(),
                                opened.getSequence(),
                                opened.getRecordedAt()),
                        Currency.getInstance(opened.getCurrency()),
                        Zone.of(opened.getTimeZone()));
            case ReplenishmentPolicyChanged changed -> ReplenishmentRecords.policyChanged(changed);
            case CreditGranted granted -> granted(granted);
            case GrantRolledOver rolled -> GrantRecords.rolledOver(rolled);
            case GrantExpired expired -> GrantRecords.expired(expired);
            case GrantVoided voided -> GrantRecords.voided(voided);
            case OverdraftRepaid repaid -> GrantRecords.repaid(repaid);
            case OverdraftLimitChanged changed -> HoldRecords.limit(changed);
            case HoldPlaced placed -> HoldRecords.placed(placed);
            case HoldCaptured captured -> HoldRecords.captured(captured);
            case HoldReleased released -> HoldRecords.released(released);
            case CreditClawedBack clawed -> ReversalRecords.clawedBack(clawed);
            case CreditGivenBack given -> ReversalRecords.givenBack(given);
            case UsageDrawnDown drawn -> UsageRecords.drawnDown(drawn);
            case UsageAdjusted adjusted -> UsageRecords.adjusted(adjusted);
            case WalletAdded added -> RouteRecords.added(added);
            case MeterRouted routed -> RouteRecords.routed(routed);
            case WalletStatusChanged changed -> StatusRecords.changed(changed);
            case GrantForfeited forfeited -> StatusRecords.forfeited(forfeited);
            case SettlementChanged changed -> SettlementRecords.changed(changed);
            case UsageLeftToArrears left -> SettlementRecords.left(left);
            case ArrearsAdjusted adjusted -> SettlementRecords.adjusted(adjusted);
            case ReplenishRequested requested -> ReplenishmentRecords.requested(requested);
            case ReplenishActionRequired required -> ReplenishmentRecords.actionRequired(required);
            case ReplenishmentHeldBack heldBack -> ReplenishmentRecords.heldBack(heldBack);
            case ReplenishmentDisabled disabled -> ReplenishmentRecords.disabled(disabled);
            case ReplenishSettled settled -> ReplenishmentRecords.settled(settled);
            default -> throw new IllegalStateException(stored.getClass() + " is no event of a wallet");
        };
    }

    private static WalletEvent granted(CreditGranted granted) {
        var currency = Currency.getInstance(granted.getAmount().getCurrency());
        return new WalletEvent.CreditGranted(
                header(granted.getWalletId(), granted.getAccountId(), granted.getSequence(), granted.getRecordedAt()),
                new GrantId(granted.getGrantId()),
                money(granted.getAmount()),
                money(granted.getCostBasis()),
                kind(granted.getKind()),
                granted.getPriority(),
                granted.getEffectiveAt(),
                granted.getExpiresAt(),
                List.copyOf(granted.getMeterIds()),
                GrantRecords.rollover(granted.getRollover()),
                Money.of(granted.getOverdraftRepaid(), currency),
                cause(granted),
                Money.of(granted.getSettledAfter(), currency));
    }

    private static GrantCause cause(CreditGranted granted) {
        if (granted.getInvoiceId() != null && granted.getInvoiceLineId() != null) {
            var purchase = new GrantCause.PaidInvoice(
                    granted.getInvoiceId(), granted.getInvoiceLineId(), replenishmentId(granted.getReplenishmentId()));
            return granted.getBonusOf() == null ? purchase : new GrantCause.Bonus(purchase);
        }
        return new GrantCause.Given(granted.getReason() == null ? "" : granted.getReason());
    }

    private static @Nullable ReplenishmentId replenishmentId(@Nullable String value) {
        return value == null ? null : new ReplenishmentId(value);
    }

    static List<Allocation> allocations(List<io.drawdown.events.wallet.Allocation> allocations, Currency currency) {
        return allocations.stream()
                .map(allocation -> new Allocation(
                        new GrantId(allocation.getGrantId()), Money.of(allocation.getAmount(), currency)))
                .toList();
    }

    static EventHeader header(String walletId, String accountId, long sequence, Instant recordedAt) {
        return new EventHeader(new WalletId(walletId), new AccountId(accountId), sequence, recordedAt);
    }

    static Money money(io.drawdown.events.Money money) {
        return Money.of(money.getAmount(), Currency.getInstance(money.getCurrency()));
    }

    static io.drawdown.wallet.domain.GrantKind kind(GrantKind kind) {
        return switch (kind) {
            case PAID -> io.drawdown.wallet.domain.GrantKind.PAID;
            case PROMOTIONAL -> io.drawdown.wallet.domain.GrantKind.PROMOTIONAL;
            case UNKNOWN -> throw fromTheFuture("grant kind");
        };
    }

    static IllegalStateException fromTheFuture(String what) {
        return new IllegalStateException(
                "A stored event has a " + what
                        + " that this version of wallet-service does not know: a newer version has written it; deploy that one");
    }
}
