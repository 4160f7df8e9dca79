package io.drawdown.wallet.store;

import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;

/** What happens to grants beside being given and spent, as public records and back. */
final class GrantRecords {

    private GrantRecords() {}

    static GrantExpired expired(WalletEvent.GrantExpired event) {
        var header = event.header();
        return new GrantExpired(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                PublicRecords.money(event.amount()),
                event.settledAfter().numeral());
    }

    static WalletEvent expired(GrantExpired expired) {
        var amount = RecordedEvents.money(expired.getAmount());
        return new WalletEvent.GrantExpired(
                RecordedEvents.header(
                        expired.getWalletId(), expired.getAccountId(), expired.getSequence(), expired.getRecordedAt()),
                new GrantId(expired.getGrantId()),
                amount,
                Money.of(expired.getSettledAfter(), amount.currency()));
    }

    static GrantVoided voided(WalletEvent.GrantVoided event) {
        var header = event.header();
        return new GrantVoided(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                PublicRecords.money(event.amount()),
                event.reason(),
                event.settledAfter().numeral());
    }

    static WalletEvent voided(GrantVoided voided) {
        var amount = RecordedEvents.money(voided.getAmount());
        return new WalletEvent.GrantVoided(
                RecordedEvents.header(
                        voided.getWalletId(), voided.getAccountId(), voided.getSequence(), voided.getRecordedAt()),
                new GrantId(voided.getGrantId()),
                amount,
                voided.getReason(),
                Money.of(voided.getSettledAfter(), amount.currency()));
    }

    static OverdraftRepaid repaid(WalletEvent.OverdraftRepaid event) {
        var header = event.header();
        return new OverdraftRepaid(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                PublicRecords.money(event.amount()),
                PublicRecords.allocations(event.allocations()),
                event.settledAfter().numeral());
    }

    static WalletEvent repaid(OverdraftRepaid repaid) {
        var amount = RecordedEvents.money(repaid.getAmount());
        return new WalletEvent.OverdraftRepaid(
                RecordedEvents.header(
                        repaid.getWalletId(), repaid.getAccountId(), repaid.getSequence(), repaid.getRecordedAt()),
                amount,
                RecordedEvents.allocations(repaid.getAllocations(), amount.currency()),
                Money.of(repaid.getSettledAfter(), amount.currency()));
    }
}
