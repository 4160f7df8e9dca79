package io.drawdown.wallet.store;

import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;

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
                event.settledAfter().numeral());
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
                Money.of(clawed.getOverdraft(), amount.currency()),
                clawed.getSeenAt(),
                Money.of(clawed.getSettledAfter(), amount.currency()));
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
                event.effectiveAt(),
                event.seenAt(),
                event.settledAfter().numeral());
    }

    static WalletEvent givenBack(CreditGivenBack given) {
        var amount = RecordedEvents.money(given.getAmount());
        return new WalletEvent.CreditGivenBack(
                RecordedEvents.header(
                        given.getWalletId(), given.getAccountId(), given.getSequence(), given.getRecordedAt()),
                new GrantId(given.getGrantId()),
                given.getReversalId(),
                given.getKind(),
                amount,
                RecordedEvents.money(given.getCostBasis()),
                Money.of(given.getOverdraftRepaid(), amount.currency()),
                given.getEffectiveAt(),
                given.getSeenAt(),
                Money.of(given.getSettledAfter(), amount.currency()));
    }
}
