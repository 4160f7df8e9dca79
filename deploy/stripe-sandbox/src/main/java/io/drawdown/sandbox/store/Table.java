package io.drawdown.sandbox.store;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one kind, by id and by order of creation, with an index on each key. */
final class Table {

    private static final Set<String> TIMES =
            Set.of("created", "date", "at", "due_date", "_recorded", Due.AT, Due.FAILURES);

    private final List<String> keys;
    private final Map<String, Entry> byId = new HashMap<>();
    private final TreeMap<Long, Entry> bySequence = new TreeMap<>();
    private final List<Map<String, TreeMap<Long, Entry>>> indexes = new ArrayList<>();
    private final @Nullable DueIndex due;
    private long revision;
    private long weight;

    Table(List<String> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(_ -> indexes.add(new HashMap<>()));
        due = keys.containsAll(Set.of(Due.AT, Due.CLOCK))
                ? new DueIndex(keys.indexOf(Due.AT), keys.indexOf(Due.CLOCK))
                : null;
    }

    @Nullable
    Entry get(String id) {
        return byId.get(id);
    }

    /** Grows with every change. */
    long revision() {
        return revision;
    }

    @Nullable
    String[] keysOf(ObjectNode node) {
        var values = new @Nullable String[keys.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Json.string(node, keys.get(i));
        }
        return values;
    }

    /** Differs when the table's keys do. */
    int layout() {
        return keys.hashCode();
    }

    void put(Entry entry) {
        remove(entry.id());
        byId.put(entry.id(), entry);
        bySequence.put(entry.sequence(), entry);
        weight += entry.weight();
        if (due != null) {
            due.add(entry);
        }
        for (int i = 0; i < keys.size(); i++) {
            var value = entry.keys()[i];
            if (value != null && indexed(i)) {
                indexes.get(i).computeIfAbsent(value, _ -> new TreeMap<>()).put(entry.sequence(), entry);
            }
        }
    }

    void remove(String id) {
        revision++;
        var entry = byId.remove(id);
        if (entry == null) {
            return;
        }
        bySequence.remove(entry.sequence());
        weight -= entry.weight();
        if (due != null) {
            due.remove(entry);
        }
        for (int i = 0; i < keys.size(); i++) {
            var value = entry.keys()[i];
            if (value != null && indexed(i)) {
                unindex(indexes.get(i), value, entry.sequence());
            }
        }
    }

    private static void unindex(Map<String, TreeMap<Long, Entry>> index, String value, long sequence) {
        var entries = index.get(value);
        if (entries != null) {
            entries.remove(sequence);
            if (entries.isEmpty()) {
                index.remove(value);
            }
        }
    }

    /** Times are only compared, never looked up. */
    private boolean indexed(int key) {
        return !TIMES.contains(keys.get(key));
    }

    /** Everything that may pass the conditions, oldest first; the caller applies them. */
    NavigableMap<Long, Entry> candidates(List<Condition> conditions) {
        NavigableMap<Long, Entry> smallest = bySequence;
        for (Condition condition : conditions) {
            int key = positionOf(condition);
            if (condition.exactly() != null && indexed(key)) {
                var entries = indexes.get(key).getOrDefault(condition.exactly(), new TreeMap<>());
                smallest = entries.size() < smallest.size() ? entries : smallest;
            }
        }
        return smallest;
    }

    boolean passes(Entry entry, List<Condition> conditions) {
        return conditions.stream().allMatch(condition -> {
            var value = entry.keys()[positionOf(condition)];
            return value != null && condition.test().test(value);
        });
    }

    private int positionOf(Condition condition) {
        int position = keys.indexOf(condition.key());
        if (position < 0) {
            throw new IllegalArgumentException("No key " + condition.key() + " among " + keys);
        }
        return position;
    }

    /** What is due first on a clock, at whatever time; null when nothing is. */
    @Nullable
    Due firstDue(String kind, @Nullable String clock) {
        return due == null ? null : due.first(kind, clock);
    }

    boolean hasKey(String key) {
        return keys.contains(key);
    }

    /** Oldest first. */
    Collection<Entry> all() {
        return bySequence.values();
    }

    /** About the bytes that its objects take in the journal. */
    long weight() {
        return weight;
    }
}
