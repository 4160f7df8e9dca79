package io.drawdown.wallet.store;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wallet.domain.ArrearsAdjustment;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageInArrears.Measure;
import io.drawdown.wallet.domain.UsageInArrears.Place;
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
        var position = event.position();
        return new UsageLeftToArrears(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                mode(event.mode()),
                lines(event.lines()),
                position == null ? null : position.partition(),
                position == null ? null : position.first(),
                position == null ? null : position.last());
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
                left.getLines().stream().map(SettlementRecords::line).toList(),
                UsageRecords.position(
                        left.getSourcePartition(), left.getFirstSourceOffset(), left.getLastSourceOffset()));
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

    static ArrearsAdjusted adjusted(WalletEvent.ArrearsAdjusted event) {
        var header = event.header();
        var adjustment = event.adjustment();
        return new ArrearsAdjusted(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                adjustment.source(),
                adjustment.id(),
                adjustment.meterId(),
                measure(adjustment.before()),
                adjustment.place().sequence(),
                adjustment.place().line(),
                adjustment.after() == null ? null : measure(adjustment.after()),
                adjustment.correction().id(),
                adjustment.correction().reason(),
                adjustment.correction().requestedBy());
    }

    static WalletEvent adjusted(ArrearsAdjusted adjusted) {
        return new WalletEvent.ArrearsAdjusted(
                RecordedEvents.header(
                        adjusted.getWalletId(),
                        adjusted.getAccountId(),
                        adjusted.getSequence(),
                        adjusted.getRecordedAt()),
                new ArrearsAdjustment(
                        adjusted.getSource(),
                        adjusted.getId(),
                        adjusted.getMeterId(),
                        measure(adjusted.getBefore()),
                        new Place(adjusted.getBeforeSequence(), adjusted.getBeforeLine()),
                        adjusted.getAfter() == null ? null : measure(adjusted.getAfter()),
                        new Correction(adjusted.getCorrectionId(), adjusted.getReason(), adjusted.getRequestedBy())));
    }

    private static LeftMeasure measure(Measure measure) {
        return new LeftMeasure(measure.quantity().toPlainString(), measure.occurredAt());
    }

    private static Measure measure(LeftMeasure measure) {
        return new Measure(new BigDecimal(measure.getQuantity()), measure.getOccurredAt());
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
