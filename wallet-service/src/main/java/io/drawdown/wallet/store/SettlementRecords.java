package io.drawdown.wallet.store;

import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.WalletEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Who pays for usage, and what is left to Stripe's meters, as public records and back. */
final class SettlementRecords {

    private SettlementRecords() {}

    static SettlementChanged changed(WalletEvent.SettlementChanged event) {
        var header = event.header();
        return new SettlementChanged(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.meterId(),
                mode(event.mode()));
    }

    static WalletEvent changed(SettlementChanged changed) {
        return new WalletEvent.SettlementChanged(
                RecordedEvents.header(
                        changed.getWalletId(), changed.getAccountId(), changed.getSequence(), changed.getRecordedAt()),
                changed.getMeterId(),
                mode(changed.getMode()));
    }

    static UsageLeftToArrears left(WalletEvent.UsageLeftToArrears event) {
        var header = event.header();
        return new UsageLeftToArrears(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                mode(event.mode()),
                lines(event.lines()));
    }

    private static List<LeftUsage> lines(List<io.drawdown.wallet.domain.LeftUsage> lines) {
        var records = new ArrayList<LeftUsage>(lines.size());
        for (var line : lines) {
            records.add(new LeftUsage(
                    line.source(),
                    line.id(),
                    line.meterId(),
                    line.quantity().toPlainString(),
                    line.occurredAt(),
                    line.traceId()));
        }
        return records;
    }

    static WalletEvent left(UsageLeftToArrears left) {
        return new WalletEvent.UsageLeftToArrears(
                RecordedEvents.header(
                        left.getWalletId(), left.getAccountId(), left.getSequence(), left.getRecordedAt()),
                mode(left.getMode()),
                left.getLines().stream().map(SettlementRecords::line).toList());
    }

    private static io.drawdown.wallet.domain.LeftUsage line(LeftUsage line) {
        return new io.drawdown.wallet.domain.LeftUsage(
                line.getSource(),
                line.getId(),
                line.getMeterId(),
                new BigDecimal(line.getQuantity()),
                line.getOccurredAt(),
                line.getTraceId());
    }

    private static SettlementMode mode(Settlement mode) {
        return switch (mode) {
            case PREPAID -> SettlementMode.PREPAID;
            case ARREARS -> SettlementMode.ARREARS;
            case PREPAID_THEN_ARREARS -> SettlementMode.PREPAID_THEN_ARREARS;
        };
    }

    private static Settlement mode(SettlementMode mode) {
        return switch (mode) {
            case PREPAID -> Settlement.PREPAID;
            case ARREARS -> Settlement.ARREARS;
            case PREPAID_THEN_ARREARS -> Settlement.PREPAID_THEN_ARREARS;
            case UNKNOWN -> throw RecordedEvents.fromTheFuture("settlement mode");
        };
    }
}
