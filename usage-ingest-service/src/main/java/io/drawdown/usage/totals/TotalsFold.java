package io.drawdown.usage.totals;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.usage.wire.UsageRecords;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Predicate;

/** Adds a batch of events up in memory, so that the database sees each total of a batch once. */
final class TotalsFold {

    private static final List<Span> SPANS = List.of(Span.values());

    private final KeptDimensions kept;
    private final Predicate<String> isOfValues;
    private final Map<TotalKey, Tally> tallies = new HashMap<>();
    private final Map<TextKey, Long> texts = new HashMap<>();
    private final List<CountedValue> values = new ArrayList<>();
    private long characters;

    /**
     * Begins with nothing.
     *
     * @param kept the dimensions that are kept apart; the others make no total of their own
     * @param isOfValues whether a meter's total is one of its values, so that each has to be kept
     */
    TotalsFold(KeptDimensions kept, Predicate<String> isOfValues) {
        this.kept = kept;
        this.isOfValues = isOfValues;
    }

    void add(UsageAccepted usage) {
        int before = size();
        var tally = Tally.of(new BigDecimal(usage.getValue()), usage.getOccurredAt(), usage.getSourceOffset());
        var dimensions = kept.of(usage.getDimensions());
        var zone = UsageRecords.zone(usage);
        for (var span : SPANS) {
            var window = span.at(usage.getOccurredAt(), zone);
            var key = new TotalKey(usage.getAccountId(), usage.getMeterId(), span, window, dimensions);
            tallies.merge(key, tally, Tally::plus);
        }
        if (usage.getText() != null) {
            var start = zone.hour(usage.getOccurredAt()).start();
            var key = new TextKey(usage.getAccountId(), usage.getMeterId(), start, usage.getText(), dimensions);
            texts.merge(key, 1L, Long::sum);
        } else if (isOfValues.test(usage.getMeterId())) {
            values.add(CountedValue.of(usage, dimensions));
        }
        if (size() > before) {
            characters += length(dimensions)
                    + Objects.requireNonNullElse(usage.getText(), "").length();
        }
    }

    private static long length(SortedMap<String, String> dimensions) {
        return dimensions.values().stream().mapToLong(String::length).sum();
    }

    int size() {
        return tallies.size() + texts.size() + values.size();
    }

    /** How long the dimensions and texts are that it keeps, together; those of an event that only changes totals are not kept. */
    long characters() {
        return characters;
    }

    Map<TotalKey, Tally> tallies() {
        return tallies;
    }

    /** How often each text was used. */
    Map<TextKey, Long> texts() {
        return texts;
    }

    /** The values of which each has to be kept. */
    List<CountedValue> values() {
        return values;
    }
}
