package io.drawdown.usage.totals;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chooses the dimensions by which totals are kept apart. */
final class KeptDimensions {

    private final SortedSet<String> names;

    KeptDimensions(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    SortedSet<String> names() {
        return names;
    }

    SortedMap<String, String> of(Map<String, String> all) {
        var kept = new TreeMap<String, String>();
        for (var name : names) {
            var text = all.get(name);
            if (text != null) {
                kept.put(name, text);
            }
        }
        return kept;
    }
}
