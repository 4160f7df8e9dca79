package io.drawdown.sandbox.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of a table that have a due time: by the clock they live on, then by that time, then by age. */
final class DueIndex {

    private record Place(long at, long sequence) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::at).thenComparingLong(Place::sequence);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final int dueAt;
    private final int clock;
    private final Map<String, TreeMap<Place, String>> byClock = new HashMap<>();

    /** Takes the positions of the two keys among the table's. */
    DueIndex(int dueAt, int clock) {
        this.dueAt = dueAt;
        this.clock = clock;
    }

    void add(Entry entry) {
        var at = entry.keys()[dueAt];
        if (at != null) {
            byClock.computeIfAbsent(clockOf(entry), _ -> new TreeMap<>()).put(place(entry, at), entry.id());
        }
    }

    void remove(Entry entry) {
        var at = entry.keys()[dueAt];
        var places = at == null ? null : byClock.get(clockOf(entry));
        if (at != null && places != null) {
            places.remove(place(entry, at));
            if (places.isEmpty()) {
                byClock.remove(clockOf(entry));
            }
        }
    }

    /** The first of a clock, or null; no clock is the sandbox's own time. */
    @Nullable
    Due first(String kind, @Nullable String onClock) {
        var places = byClock.get(onClock == null ? "" : onClock);
        var first = places == null ? null : places.firstEntry();
        return first == null
                ? null
                : new Due(kind, first.getValue(), first.getKey().at());
    }

    private String clockOf(Entry entry) {
        var value = entry.keys()[clock];
        return value == null ? "" : value;
    }

    private static Place place(Entry entry, String at) {
        return new Place(Long.parseLong(at), entry.sequence());
    }
}
