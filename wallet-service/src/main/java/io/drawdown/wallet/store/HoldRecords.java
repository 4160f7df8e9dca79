package io.drawdown.wallet.store;

import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldEnd;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;

/** Holds, and how far they may go, as public records and back. */
final class HoldRecords {

    private HoldRecords() {}

    static OverdraftLimitChanged limit(WalletEvent.OverdraftLimitChanged event) {
        var header = event.header();
        return new OverdraftLimitChanged(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                PublicRecords.money(event.limit()));
    }

    static WalletEvent limit(OverdraftLimitChanged changed) {
        return new WalletEvent.OverdraftLimitChanged(
                RecordedEvents.header(
                        changed.getWalletId(), changed.getAccountId(), changed.getSequence(), changed.getRecordedAt()),
                RecordedEvents.money(changed.getLimit()));
    }

    static HoldPlaced placed(WalletEvent.HoldPlaced event) {
        var header = event.header();
        return new HoldPlaced(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.holdId().value(),
                PublicRecords.money(event.amount()),
                PublicRecords.allocations(event.allocations()),
                event.overdraft().numeral(),
                event.meterId(),
                event.expiresAt(),
                event.reason(),
                event.settledAfter().numeral());
    }

    static WalletEvent placed(HoldPlaced placed) {
        var amount = RecordedEvents.money(placed.getAmount());
        return new WalletEvent.HoldPlaced(
                RecordedEvents.header(
                        placed.getWalletId(), placed.getAccountId(), placed.getSequence(), placed.getRecordedAt()),
                new HoldId(placed.getHoldId()),
                amount,
                RecordedEvents.allocations(placed.getAllocations(), amount.currency()),
                Money.of(placed.getOverdraft(), amount.currency()),
                placed.getMeterId(),
                placed.getExpiresAt(),
                placed.getReason(),
                Money.of(placed.getSettledAfter(), amount.currency()));
    }

    static HoldCaptured captured(WalletEvent.HoldCaptured event) {
        var header = event.header();
        return new HoldCaptured(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.holdId().value(),
                PublicRecords.money(event.amount()),
                PublicRecords.allocations(event.allocations()),
                event.overdraft().numeral(),
                event.meterId(),
                event.reason(),
                event.settledAfter().numeral());
    }

    static WalletEvent captured(HoldCaptured captured) {
        var amount = RecordedEvents.money(captured.getAmount());
        return new WalletEvent.HoldCaptured(
                RecordedEvents.header(
                        captured.getWalletId(),
                        captured.getAccountId(),
                        captured.getSequence(),
                        captured.getRecordedAt()),
                new HoldId(captured.getHoldId()),
                amount,
                RecordedEvents.allocations(captured.getAllocations(), amount.currency()),
                Money.of(captured.getOverdraft(), amount.currency()),
                captured.getMeterId(),
                captured.getReason(),
                Money.of(captured.getSettledAfter(), amount.currency()));
    }

    static HoldReleased released(WalletEvent.HoldReleased event) {
        var header = event.header();
        return new HoldReleased(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.holdId().value(),
                PublicRecords.money(event.amount()),
                PublicRecords.allocations(event.allocations()),
                event.overdraft().numeral(),
                end(event.end()),
                event.settledAfter().numeral());
    }

    static WalletEvent released(HoldReleased released) {
        var amount = RecordedEvents.money(released.getAmount());
        return new WalletEvent.HoldReleased(
                RecordedEvents.header(
                        released.getWalletId(),
                        released.getAccountId(),
                        released.getSequence(),
                        released.getRecordedAt()),
                new HoldId(released.getHoldId()),
                amount,
                RecordedEvents.allocations(released.getAllocations(), amount.currency()),
                Money.of(released.getOverdraft(), amount.currency()),
                end(released.getEnd()),
                Money.of(released.getSettledAfter(), amount.currency()));
    }

    private static HoldEnd end(io.drawdown.wallet.domain.HoldEnd end) {
        return switch (end) {
            case RELEASED -> HoldEnd.RELEASED;
            case CAPTURED -> HoldEnd.CAPTURED;
            case TIMED_OUT -> HoldEnd.TIMED_OUT;
        };
    }

    private static io.drawdown.wallet.domain.HoldEnd end(HoldEnd end) {
        return switch (end) {
            case RELEASED -> io.drawdown.wallet.domain.HoldEnd.RELEASED;
            case CAPTURED -> io.drawdown.wallet.domain.HoldEnd.CAPTURED;
            case TIMED_OUT -> io.drawdown.wallet.domain.HoldEnd.TIMED_OUT;
            case UNKNOWN -> throw RecordedEvents.fromTheFuture("hold end");
        };
    }
}
