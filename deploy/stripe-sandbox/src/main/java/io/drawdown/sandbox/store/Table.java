package io.drawdown.sandbox.store;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one kind, by id and by order of creation, with an index on each key. */
final class Table {

    private static final Set<String> TIMES =
            Set.of("created", "date", "at", "due_date", "_recorded", Due.AT, Due.FAILURES);

    private static final Ordered NONE = new Ordered();

    private final List<String> keys;
    private final Map<String, Entry> byId = new HashMap<>();
    private final Ordered all = new Ordered();
    /** For each key by its values; null for times, which are only compared, never looked up. */
    private final List<@Nullable Map<String, Ordered>> indexes = new ArrayList<>();

    private final @Nullable DueIndex due;
    private long revision;
    private long weight;

    Table(List<String> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> indexes.add(TIMES.contains(key) ? null : new HashMap<>()));
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

    /** Adds it, or puts it in the place of the one with its id. */
    void put(Entry entry) {
        var before = byId.get(entry.id());
        if (before != null && before.sequence() != entry.sequence()) {
            remove(entry.id());
            before = null;
        }
        revision++;
        byId.put(entry.id(), entry);
        all.put(entry);
        weight += entry.weight() - (before == null ? 0 : before.weight());
        arrange(before, entry);
        for (int i = 0; i < indexes.size(); i++) {
            index(indexes.get(i), before == null ? null : before.keys()[i], entry, entry.keys()[i]);
        }
    }

    void remove(String id) {
        revision++;
        var entry = byId.remove(id);
        if (entry == null) {
            return;
        }
        all.remove(entry.sequence());
        weight -= entry.weight();
        arrange(entry, null);
        for (int i = 0; i < indexes.size(); i++) {
            index(indexes.get(i), entry.keys()[i], entry, null);
        }
    }

    private void arrange(@Nullable Entry before, @Nullable Entry entry) {
        if (due != null && before != null) {
            due.remove(before);
        }
        if (due != null && entry != null) {
            due.add(entry);
        }
    }

    /** Moves an entry from one value of a key to another; null is none. */
    private static void index(
            @Nullable Map<String, Ordered> index, @Nullable String was, Entry entry, @Nullable String is) {
        if (index == null) {
            return;
        }
        if (was != null && !was.equals(is)) {
            unindex(index, was, entry.sequence());
        }
        if (is != null) {
            index.computeIfAbsent(is, _ -> new Ordered()).put(entry);
        }
    }

    private static void unindex(Map<String, Ordered> index, String value, long sequence) {
        var entries = index.get(value);
        if (entries != null) {
            entries.remove(sequence);
            if (entries.size() == 0) {
                index.remove(value);
            }
        }
    }

    /** Everything that may pass the conditions; the caller applies them. */
    Ordered candidates(List<Condition> conditions) {
        var smallest = all;
        for (Condition condition : conditions) {
            var index = indexes.get(positionOf(condition));
            if (condition.exactly() != null && index != null) {
                var entries = index.getOrDefault(condition.exactly(), NONE);
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

    Ordered all() {
        return all;
    }

    /** About the bytes that its objects take in the journal. */
    long weight() {
        return weight;
    }
}
