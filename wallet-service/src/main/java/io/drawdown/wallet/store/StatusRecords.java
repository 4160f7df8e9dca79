package io.drawdown.wallet.store;

import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.WalletStatus;
import io.drawdown.events.wallet.WalletStatusChanged;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;

/** What a wallet lets happen, and what it loses when it is closed, as public records and back. */
final class StatusRecords {

    private StatusRecords() {}

    static WalletStatusChanged changed(WalletEvent.WalletStatusChanged event) {
        var header = event.header();
        return new WalletStatusChanged(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                status(event.status()),
                event.reason());
    }

    static WalletEvent changed(WalletStatusChanged changed) {
        return new WalletEvent.WalletStatusChanged(
                RecordedEvents.header(
                        changed.getWalletId(), changed.getAccountId(), changed.getSequence(), changed.getRecordedAt()),
                status(changed.getStatus()),
                changed.getReason());
    }

    static GrantForfeited forfeited(WalletEvent.GrantForfeited event) {
        var header = event.header();
        return new GrantForfeited(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                PublicRecords.money(event.amount()),
                event.settledAfter().numeral());
    }

    static WalletEvent forfeited(GrantForfeited forfeited) {
        var amount = RecordedEvents.money(forfeited.getAmount());
        return new WalletEvent.GrantForfeited(
                RecordedEvents.header(
                        forfeited.getWalletId(),
                        forfeited.getAccountId(),
                        forfeited.getSequence(),
                        forfeited.getRecordedAt()),
                new GrantId(forfeited.getGrantId()),
                amount,
                Money.of(forfeited.getSettledAfter(), amount.currency()));
    }

    private static WalletStatus status(io.drawdown.wallet.domain.WalletStatus status) {
        return switch (status) {
            case OPEN -> WalletStatus.OPEN;
            case PAUSED -> WalletStatus.PAUSED;
            case CLOSED -> WalletStatus.CLOSED;
        };
    }

    private static io.drawdown.wallet.domain.WalletStatus status(WalletStatus status) {
        return switch (status) {
            case OPEN -> io.drawdown.wallet.domain.WalletStatus.OPEN;
            case PAUSED -> io.drawdown.wallet.domain.WalletStatus.PAUSED;
            case CLOSED -> io.drawdown.wallet.domain.WalletStatus.CLOSED;
            case UNKNOWN -> throw RecordedEvents.fromTheFuture("wallet status");
        };
    }
}
