package io.drawdown.wallet.store;

import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;
import java.util.List;

/** Credit that follows the money that paid for it, as public records and back. */
final class ReversalRecords {

    private ReversalRecords() {}

    static CreditClawedBack clawedBack(WalletEvent.CreditClawedBack event) {
        var header = event.header();
        return new CreditClawedBack(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                event.reversalId(),
                event.kind(),
                PublicRecords.money(event.amount()),
                PublicRecords.money(event.costBasis()),
                event.overdraft().numeral(),
                event.seenAt(),
                event.settledAfter().numeral(),
                PublicRecords.allocations(event.allocations()),
                event.lost().numeral());
    }

    static WalletEvent clawedBack(CreditClawedBack clawed) {
        var amount = RecordedEvents.money(clawed.getAmount());
        return new WalletEvent.CreditClawedBack(
                RecordedEvents.header(
                        clawed.getWalletId(), clawed.getAccountId(), clawed.getSequence(), clawed.getRecordedAt()),
                new GrantId(clawed.getGrantId()),
                clawed.getReversalId(),
                clawed.getKind(),
                amount,
                RecordedEvents.money(clawed.getCostBasis()),
                allocations(clawed, amount),
                Money.of(clawed.getOverdraft(), amount.currency()),
                Money.of(clawed.getLost(), amount.currency()),
                clawed.getSeenAt(),
                Money.of(clawed.getSettledAfter(), amount.currency()));
    }

    /** Old records do not say it: all but the overdraft came out of the grant itself. */
    private static List<Allocation> allocations(CreditClawedBack clawed, Money amount) {
        var fromGrant = amount.minus(Money.of(clawed.getOverdraft(), amount.currency()));
        return clawed.getAllocations().isEmpty() && fromGrant.isPositive()
                ? List.of(new Allocation(new GrantId(clawed.getGrantId()), fromGrant))
                : RecordedEvents.allocations(clawed.getAllocations(), amount.currency());
    }

    static CreditGivenBack givenBack(WalletEvent.CreditGivenBack event) {
        var header = event.header();
        return new CreditGivenBack(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                event.reversalId(),
                event.kind(),
                PublicRecords.money(event.amount()),
                PublicRecords.money(event.costBasis()),
                event.overdraftRepaid().numeral(),
                event.grant().effectiveAt(),
                event.seenAt(),
                event.settledAfter().numeral(),
                event.lost().numeral(),
                PublicRecords.kind(event.grant().kind()),
                event.grant().priority(),
                event.grant().expiresAt(),
                event.grant().meterIds());
    }

    static WalletEvent givenBack(CreditGivenBack given) {
        var amount = RecordedEvents.money(given.getAmount());
        return new WalletEvent.CreditGivenBack(
                RecordedEvents.header(
                        given.getWalletId(), given.getAccountId(), given.getSequence(), given.getRecordedAt()),
                grant(given, amount),
                given.getReversalId(),
                given.getKind(),
                RecordedEvents.money(given.getCostBasis()),
                Money.of(given.getOverdraftRepaid(), amount.currency()),
                Money.of(given.getLost(), amount.currency()),
                given.getSeenAt(),
                Money.of(given.getSettledAfter(), amount.currency()));
    }

    /** Bought credit, and a bonus with it, begins when it is given. */
    private static Grant grant(CreditGivenBack given, Money amount) {
        return new Grant(
                new GrantId(given.getGrantId()),
                amount,
                RecordedEvents.kind(given.getGrantKind()),
                given.getPriority(),
                given.getEffectiveAt(),
                given.getExpiresAt(),
                List.copyOf(given.getMeterIds()),
                given.getEffectiveAt());
    }
}
