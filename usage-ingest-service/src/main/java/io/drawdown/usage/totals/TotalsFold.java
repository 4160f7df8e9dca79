package io.drawdown.usage.totals;

import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds a batch of events up in memory, so that the database sees each total of a batch once. */
final class TotalsFold {

    private final Collection<String> dimensions;
    private final Map<TotalKey, Tally> tallies = new HashMap<>();

    /** @param dimensions the names of those that are kept apart; the others make no total of their own */
    TotalsFold(Collection<String> dimensions) {
        this.dimensions = dimensions;
    }

    void add(UsageAccepted usage) {
        var tally = Tally.of(new BigDecimal(usage.getValue()), usage.getOccurredAt(), usage.getSourceOffset());
        var kept = kept(usage.getDimensions());
        for (var span : Span.values()) {
            var start = span.startOf(usage.getOccurredAt());
            var key = new TotalKey(usage.getAccountId(), usage.getMeterId(), span, start, kept);
            tallies.merge(key, tally, Tally::plus);
        }
    }

    Map<TotalKey, Tally> tallies() {
        return tallies;
    }

    private SortedMap<String, String> kept(Map<String, String> all) {
        var kept = new TreeMap<String, String>();
        for (var name : dimensions) {
            var text = all.get(name);
            if (text != null) {
                kept.put(name, text);
            }
        }
        return kept;
    }
}
