package io.drawdown.usage.totals;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.VoidedText;
import io.drawdown.usage.correction.CorrectionTable;
import io.drawdown.usage.wire.UsageRecords;
import io.drawdown.wire.view.CompactedTopicView;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Changes the totals by what was accepted and by what was corrected. All its methods are called in a transaction. */
final class Totals {

    private static final Set<Aggregation> OF_VALUES =
            EnumSet.of(Aggregation.LAST, Aggregation.MAX, Aggregation.UNKNOWN);

    private final TotalsTable table;
    private final UsageValues values;
    private final UsageTexts texts;
    private final CorrectionTable audit;
    private final KeptDimensions kept;
    private final DimensionHistory history;
    private final CompactedTopicView<Meter> meters;
    private final Clock clock;

    Totals(
            TotalsTable table,
            UsageValues values,
            UsageTexts texts,
            CorrectionTable audit,
            KeptDimensions kept,
            DimensionHistory history,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        this.table = table;
        this.values = values;
        this.texts = texts;
        this.audit = audit;
        this.kept = kept;
        this.history = history;
        this.meters = meters;
        this.clock = clock;
    }

    TotalsFold fold() {
        return new TotalsFold(kept, this::isOfValues);
    }

    /** @param positions up to which source offset each partition was counted before the next changes */
    void goOn(Map<Integer, Long> positions) {
        history.goOn(positions);
    }

    void add(TotalsFold fold) {
        table.add(fold.tallies(), clock.instant());
        values.add(fold.values());
        texts.add(fold.texts());
    }

    /** Undoes what counted before, then counts what counts now, each in its own windows. */
    void correct(UsageCorrected corrected) {
        var now = clock.instant();
        var voided = corrected.getVoided();
        if (voided == null) {
            replace(corrected, now);
        } else {
            voidText(corrected, voided, now);
        }
        audit.add(corrected);
    }

    private void replace(UsageCorrected corrected, Instant now) {
        var after = corrected.getAfter();
        int partition = corrected.getSourcePartition();
        var keptThen = history.at(partition, corrected.getUsagePosition());
        var keysBefore = keys(corrected, corrected.getBefore(), keptThen);
        keysBefore.forEach(
                key -> table.change(key, -1, value(corrected.getBefore()).negate(), now));
        if (after == null) {
            values.remove(partition, corrected.getUsagePosition());
        } else {
            var tally = Tally.of(value(after), after.getOccurredAt(), corrected.getUsagePosition());
            var keysAfter = keys(corrected, after, keptThen);
            keysAfter.forEach(key -> table.add(Map.of(key, tally), now));
            values.replace(partition, corrected.getUsagePosition(), after, keptThen);
            keysAfter.forEach(this::recount);
        }
        keysBefore.forEach(this::recount);
    }

    /** What stands for the text in the sums may be another usage than the one that is gone. */
    private void voidText(UsageCorrected corrected, VoidedText voided, Instant now) {
        int partition = corrected.getSourcePartition();
        if (corrected.getAfter() == null) {
            var before = corrected.getBefore();
            keys(corrected, before, history.at(partition, corrected.getUsagePosition()))
                    .forEach(key -> table.change(key, 0, value(before).negate(), now));
        }
        var dimensions = history.at(partition, voided.getUsagePosition()).of(voided.getDimensions());
        keys(corrected, voided.getOccurredAt(), dimensions).forEach(key -> table.change(key, -1, BigDecimal.ZERO, now));
        texts.remove(new TextKey(
                corrected.getAccountId(),
                corrected.getMeterId(),
                UsageRecords.zone(corrected).hour(voided.getOccurredAt()).start(),
                voided.getText(),
                dimensions));
    }

    private void recount(TotalKey key) {
        if (isOfValues(key.meterId())) {
            values.recount(key);
        }
    }

    /** Also of a meter that is not known yet: it may turn out to be one. */
    private boolean isOfValues(String meterId) {
        var meter = meters.get(meterId);
        return meter == null || OF_VALUES.contains(meter.getAggregation());
    }

    private static List<TotalKey> keys(UsageCorrected corrected, UsageMeasure measure, KeptDimensions kept) {
        return keys(corrected, measure.getOccurredAt(), kept.of(measure.getDimensions()));
    }

    private static List<TotalKey> keys(
            UsageCorrected corrected, Instant occurredAt, SortedMap<String, String> dimensions) {
        var zone = UsageRecords.zone(corrected);
        return Stream.of(Span.values())
                .map(span -> new TotalKey(
                        corrected.getAccountId(), corrected.getMeterId(), span, span.at(occurredAt, zone), dimensions))
                .toList();
    }

    private static BigDecimal value(UsageMeasure measure) {
        return new BigDecimal(measure.getValue());
    }
}
