package io.drawdown.usage.totals;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
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
    private final CompactedTopicView<Meter> meters;
    private final Clock clock;

    Totals(
            TotalsTable table,
            UsageValues values,
            UsageTexts texts,
            CorrectionTable audit,
            KeptDimensions kept,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        this.table = table;
        this.values = values;
        this.texts = texts;
        this.audit = audit;
        this.kept = kept;
        this.meters = meters;
        this.clock = clock;
    }

    TotalsFold fold() {
        return new TotalsFold(kept, this::isOfValues);
    }

    void add(TotalsFold fold) {
        table.add(fold.tallies(), clock.instant());
        values.add(fold.values());
        texts.add(fold.texts());
    }

    /** Undoes what counted before, then counts what counts now, each in its own windows. */
    void correct(UsageCorrected corrected) {
        var now = clock.instant();
        if (corrected.getVoided() == null) {
            replace(corrected, now);
        } else {
            voidText(corrected, now);
        }
        audit.add(corrected);
    }

    private void replace(UsageCorrected corrected, Instant now) {
        var before = corrected.getBefore();
        var after = corrected.getAfter();
        int partition = corrected.getSourcePartition();
        keys(corrected, before)
                .forEach(key -> table.change(key, -1, value(before).negate(), now));
        if (after == null) {
            values.remove(partition, corrected.getUsagePosition());
        } else {
            var tally = Tally.of(value(after), after.getOccurredAt(), corrected.getUsagePosition());
            keys(corrected, after).forEach(key -> table.add(Map.of(key, tally), now));
            values.replace(partition, corrected.getUsagePosition(), after);
            keys(corrected, after).forEach(this::recount);
        }
        keys(corrected, before).forEach(this::recount);
    }

    /** What stands for the text in the sums may be another usage than the one that is gone. */
    private void voidText(UsageCorrected corrected, Instant now) {
        var before = corrected.getBefore();
        if (corrected.getAfter() == null) {
            keys(corrected, before)
                    .forEach(key -> table.change(key, 0, value(before).negate(), now));
        }
        var voided = corrected.getVoided();
        var dimensions = kept.of(voided.getDimensions());
        var zone = UsageRecords.zone(corrected);
        for (var span : Span.values()) {
            var window = span.at(voided.getOccurredAt(), zone);
            var key = new TotalKey(corrected.getAccountId(), corrected.getMeterId(), span, window, dimensions);
            table.change(key, -1, BigDecimal.ZERO, now);
        }
        texts.remove(new TextKey(
                corrected.getAccountId(),
                corrected.getMeterId(),
                zone.hour(voided.getOccurredAt()).start(),
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

    private List<TotalKey> keys(UsageCorrected corrected, UsageMeasure measure) {
        var dimensions = kept.of(measure.getDimensions());
        return Stream.of(Span.values())
                .map(span -> new TotalKey(
                        corrected.getAccountId(),
                        corrected.getMeterId(),
                        span,
                        span.at(measure.getOccurredAt(), UsageRecords.zone(corrected)),
                        dimensions))
                .toList();
    }

    private static BigDecimal value(UsageMeasure measure) {
        return new BigDecimal(measure.getValue());
    }
}
