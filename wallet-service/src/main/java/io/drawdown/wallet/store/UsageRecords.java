package io.drawdown.wallet.store;

import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReturnedCredit;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.WalletEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage, and what becomes of it, as public records and back. */
final class UsageRecords {

    private UsageRecords() {}

    static UsageDrawnDown drawnDown(WalletEvent.UsageDrawnDown event) {
        var header = event.header();
        var position = event.position();
        return new UsageDrawnDown(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.total().currency().getCurrencyCode(),
                event.total().numeral(),
                lines(event.lines()),
                PublicRecords.allocations(event.allocations()),
                event.overdraft().numeral(),
                event.settledAfter().numeral(),
                position == null ? null : position.partition(),
                position == null ? null : position.first(),
                position == null ? null : position.last());
    }

    private static List<UsageLine> lines(List<io.drawdown.wallet.domain.UsageLine> lines) {
        var records = new ArrayList<UsageLine>(lines.size());
        for (var line : lines) {
            records.add(new UsageLine(
                    line.source(),
                    line.id(),
                    line.meterId(),
                    line.priceId(),
                    line.quantity().toPlainString(),
                    line.amount().numeral(),
                    line.occurredAt(),
                    line.traceId(),
                    numeral(line.runningTotal())));
        }
        return records;
    }

    static WalletEvent drawnDown(UsageDrawnDown drawn) {
        var currency = Currency.getInstance(drawn.getCurrency());
        return new WalletEvent.UsageDrawnDown(
                RecordedEvents.header(
                        drawn.getWalletId(), drawn.getAccountId(), drawn.getSequence(), drawn.getRecordedAt()),
                Money.of(drawn.getTotal(), currency),
                lines(drawn, currency),
                RecordedEvents.allocations(drawn.getAllocations(), currency),
                Money.of(drawn.getOverdraft(), currency),
                Money.of(drawn.getSettledAfter(), currency),
                position(drawn.getSourcePartition(), drawn.getFirstSourceOffset(), drawn.getLastSourceOffset()));
    }

    private static List<io.drawdown.wallet.domain.UsageLine> lines(UsageDrawnDown drawn, Currency currency) {
        return drawn.getLines().stream()
                .map(line -> new io.drawdown.wallet.domain.UsageLine(
                        line.getSource(),
                        line.getId(),
                        line.getMeterId(),
                        line.getPriceId(),
                        new BigDecimal(line.getQuantity()),
                        Money.of(line.getAmount(), currency),
                        line.getOccurredAt(),
                        number(line.getRunningTotal()),
                        line.getTraceId()))
                .toList();
    }

    static UsageAdjusted adjusted(WalletEvent.UsageAdjusted event) {
        var header = event.header();
        var adjustment = event.adjustment();
        var total = adjustment.total();
        var correction = adjustment.correction();
        var position = adjustment.position();
        var record = new UsageAdjusted();
        record.setWalletId(header.walletId().value());
        record.setAccountId(header.accountId().value());
        record.setSequence(header.sequence());
        record.setRecordedAt(header.recordedAt());
        record.setCurrency(event.amount().currency().getCurrencyCode());
        record.setSource(adjustment.source());
        record.setId(adjustment.id());
        record.setMeterId(adjustment.meterId());
        record.setBefore(measure(adjustment.before()));
        record.setAfter(measure(adjustment.after()));
        record.setAmount(event.amount().numeral());
        record.setReturned(returned(event));
        record.setAllocations(PublicRecords.allocations(event.allocations()));
        record.setOverdraft(event.overdraft().numeral());
        record.setRunningTotal(total == null ? null : numeral(total.quantity()));
        record.setLastAt(total == null ? null : total.lastAt());
        record.setCorrectionId(correction == null ? null : correction.id());
        record.setReason(correction == null ? null : correction.reason());
        record.setRequestedBy(correction == null ? null : correction.requestedBy());
        record.setSourcePartition(position == null ? null : position.partition());
        record.setSourceOffset(position == null ? null : position.first());
        record.setSettledAfter(event.settledAfter().numeral());
        return record;
    }

    private static @Nullable RatedMeasure measure(@Nullable Measure measure) {
        return measure == null
                ? null
                : new RatedMeasure(
                        measure.priceId(),
                        measure.quantity().toPlainString(),
                        measure.occurredAt(),
                        measure.amount() == null ? null : measure.amount().numeral());
    }

    private static List<ReturnedCredit> returned(WalletEvent.UsageAdjusted event) {
        var records = new ArrayList<ReturnedCredit>();
        event.returned().forEach(lot -> records.add(returned(lot, false)));
        event.repaid().forEach(lot -> records.add(returned(lot, true)));
        return records;
    }

    private static ReturnedCredit returned(Grant lot, boolean repayment) {
        return new ReturnedCredit(
                lot.id().value(),
                lot.remaining().numeral(),
                repayment,
                PublicRecords.kind(lot.kind()),
                lot.priority(),
                lot.effectiveAt(),
                lot.expiresAt(),
                lot.meterIds(),
                lot.grantedAt());
    }

    static WalletEvent adjusted(UsageAdjusted adjusted) {
        var currency = Currency.getInstance(adjusted.getCurrency());
        return new WalletEvent.UsageAdjusted(
                RecordedEvents.header(
                        adjusted.getWalletId(),
                        adjusted.getAccountId(),
                        adjusted.getSequence(),
                        adjusted.getRecordedAt()),
                adjustment(adjusted, currency),
                Money.of(adjusted.getAmount(), currency),
                returned(adjusted, false, currency),
                returned(adjusted, true, currency),
                RecordedEvents.allocations(adjusted.getAllocations(), currency),
                Money.of(adjusted.getOverdraft(), currency),
                Money.of(adjusted.getSettledAfter(), currency));
    }

    private static UsageAdjustment adjustment(UsageAdjusted adjusted, Currency currency) {
        return new UsageAdjustment(
                adjusted.getSource(),
                adjusted.getId(),
                adjusted.getMeterId(),
                measure(adjusted.getBefore(), currency),
                measure(adjusted.getAfter(), currency),
                adjusted.getRunningTotal() == null || adjusted.getLastAt() == null
                        ? null
                        : new RunningTotal(new BigDecimal(adjusted.getRunningTotal()), adjusted.getLastAt()),
                correction(adjusted),
                position(adjusted.getSourcePartition(), adjusted.getSourceOffset(), adjusted.getSourceOffset()));
    }

    private static @Nullable Measure measure(@Nullable RatedMeasure measure, Currency currency) {
        return measure == null
                ? null
                : new Measure(
                        measure.getPriceId(),
                        new BigDecimal(measure.getQuantity()),
                        measure.getOccurredAt(),
                        measure.getAmount() == null ? null : Money.of(measure.getAmount(), currency));
    }

    private static @Nullable Correction correction(UsageAdjusted adjusted) {
        return adjusted.getCorrectionId() == null || adjusted.getReason() == null || adjusted.getRequestedBy() == null
                ? null
                : new Correction(adjusted.getCorrectionId(), adjusted.getReason(), adjusted.getRequestedBy());
    }

    private static List<Grant> returned(UsageAdjusted adjusted, boolean repayment, Currency currency) {
        return adjusted.getReturned().stream()
                .filter(credit -> credit.getRepayment() == repayment)
                .map(credit -> lot(credit, currency))
                .toList();
    }

    private static Grant lot(ReturnedCredit credit, Currency currency) {
        return new Grant(
                new GrantId(credit.getGrantId()),
                Money.of(credit.getAmount(), currency),
                RecordedEvents.kind(credit.getKind()),
                credit.getPriority(),
                credit.getEffectiveAt(),
                credit.getExpiresAt(),
                List.copyOf(credit.getMeterIds()),
                credit.getGrantedAt());
    }

    static @Nullable SourceRange position(@Nullable Integer partition, @Nullable Long first, @Nullable Long last) {
        return partition == null || first == null || last == null ? null : new SourceRange(partition, first, last);
    }

    private static @Nullable String numeral(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static @Nullable BigDecimal number(@Nullable String numeral) {
        return numeral == null ? null : new BigDecimal(numeral);
    }
}
