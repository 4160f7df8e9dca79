package io.drawdown.wallet.store;

import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;

/** An account's further wallets, and what they pay for, as public records and back. */
final class RouteRecords {

    private RouteRecords() {}

    static WalletAdded added(WalletEvent.WalletAdded event) {
        var header = event.header();
        return new WalletAdded(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.added().value());
    }

    static WalletEvent added(WalletAdded added) {
        return new WalletEvent.WalletAdded(
                RecordedEvents.header(
                        added.getWalletId(), added.getAccountId(), added.getSequence(), added.getRecordedAt()),
                new WalletId(added.getAddedWalletId()));
    }

    static MeterRouted routed(WalletEvent.MeterRouted event) {
        var header = event.header();
        return new MeterRouted(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.meterId(),
                event.payer().value());
    }

    static WalletEvent routed(MeterRouted routed) {
        return new WalletEvent.MeterRouted(
                RecordedEvents.header(
                        routed.getWalletId(), routed.getAccountId(), routed.getSequence(), routed.getRecordedAt()),
                routed.getMeterId(),
                new WalletId(routed.getPayingWalletId()));
    }
}
