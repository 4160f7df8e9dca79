package io.drawdown.sandbox.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of the store: reads, and changes that stay together or not at all.
 *
 * <p>What it returns are copies: changing one changes nothing until it is put back.
 */
public final class Work {

    private record Undo(Table table, String id, @Nullable Entry before) {}

    /** The account that all others are connected to. */
    public static final String PLATFORM = "";

    private final Store store;
    private final String account;
    private final List<Change> changes;
    private final List<Undo> undos;

    Work(Store store, String account) {
        this(store, account, new ArrayList<>(), new ArrayList<>());
    }

    private Work(Store store, String account, List<Change> changes, List<Undo> undos) {
        this.store = store;
        this.account = account;
        this.changes = changes;
        this.undos = undos;
    }

    /** The same step among the objects of another account. */
    public Work of(String other) {
        return other.equals(account) ? this : new Work(store, other, changes, undos);
    }

    /** The same step among the platform's own objects. */
    public Work platform() {
        return of(PLATFORM);
    }

    /** The account whose objects this sees; {@link #PLATFORM} for the platform's own. */
    public String account() {
        return account;
    }

    /** The account that has an object, the platform first; null when none has. */
    public @Nullable Work holding(String kind, String id) {
        return store.accounts().stream()
                .map(this::of)
                .filter(work -> work.exists(kind, id))
                .findFirst()
                .orElse(null);
    }

    /** The object, or null when there is none. */
    public @Nullable ObjectNode get(String kind, String id) {
        var entry = store.table(account, kind).get(id);
        return entry == null ? null : entry.blob().unpack();
    }

    public boolean exists(String kind, String id) {
        return store.table(account, kind).get(id) != null;
    }

    /** Adds the object, or replaces it in its place. */
    public void put(String kind, String id, ObjectNode node) {
        var table = store.table(account, kind);
        var before = table.get(id);
        long sequence = before == null ? store.nextSequence() : before.sequence();
        var entry = new Entry(sequence, id, Blob.of(node), table.keysOf(node));
        table.put(entry);
        undos.add(new Undo(table, id, before));
        changes.add(Change.of(account, kind, table, entry));
    }

    /** Removes the object; nothing happens when there is none. */
    public void remove(String kind, String id) {
        var table = store.table(account, kind);
        var before = table.get(id);
        if (before != null) {
            table.remove(id);
            undos.add(new Undo(table, id, before));
            changes.add(Change.removal(account, kind, id, before.sequence()));
        }
    }

    /** Removes all that pass; returns how many. */
    public int removeAll(String kind, Condition... conditions) {
        var table = store.table(account, kind);
        var wanted = List.of(conditions);
        var gone = table.candidates(wanted)
                .oldestFirst()
                .filter(entry -> table.passes(entry, wanted))
                .map(Entry::id)
                .toList();
        gone.forEach(id -> remove(kind, id));
        return gone.size();
    }

    /** Takes back every change of this work so far. */
    public void rollBack() {
        for (Undo undo : undos.reversed()) {
            undo.table().remove(undo.id());
            if (undo.before() != null) {
                undo.table().put(undo.before());
            }
        }
        undos.clear();
        changes.clear();
    }

    /** All that pass, newest first. */
    public List<ObjectNode> all(String kind, Condition... conditions) {
        return newestFirst(kind, List.of(conditions), Integer.MAX_VALUE, null);
    }

    public int count(String kind, Condition... conditions) {
        var table = store.table(account, kind);
        var wanted = List.of(conditions);
        return (int) table.candidates(wanted)
                .oldestFirst()
                .filter(entry -> table.passes(entry, wanted))
                .count();
    }

    /** How many there are of the kind. */
    public int size(String kind) {
        return store.table(account, kind).all().size();
    }

    public boolean hasKey(String kind, String key) {
        return store.table(account, kind).hasKey(key);
    }

    /** At most so many, oldest first. */
    public List<ObjectNode> oldestFirst(String kind, List<Condition> conditions, int limit) {
        var table = store.table(account, kind);
        return pick(table, table.candidates(conditions).oldestFirst(), conditions, limit);
    }

    /** At most so many, newest first, older than the cursor object if one is given. */
    public List<ObjectNode> newestFirst(String kind, List<Condition> conditions, int limit, @Nullable String after) {
        var table = store.table(account, kind);
        var entries = table.candidates(conditions);
        var cursor = after == null ? null : table.get(after);
        return pick(
                table,
                cursor == null ? entries.newestFirst() : entries.newestFirst(cursor.sequence()),
                conditions,
                limit);
    }

    /** At most so many next to the cursor object on its newer side, newest first. */
    public List<ObjectNode> newerThan(String kind, List<Condition> conditions, int limit, String before) {
        var table = store.table(account, kind);
        var cursor = table.get(before);
        long sequence = cursor == null ? Long.MAX_VALUE : cursor.sequence();
        return pick(table, table.candidates(conditions).oldestFirst(sequence), conditions, limit)
                .reversed();
    }

    private static List<ObjectNode> pick(Table table, Stream<Entry> entries, List<Condition> conditions, int limit) {
        return entries.filter(entry -> table.passes(entry, conditions))
                .limit(limit)
                .map(entry -> entry.blob().unpack())
                .toList();
    }

    /**
     * What is due first among objects of these kinds: the earliest, and of two at one time that of the kind named first,
     * then the older one.
     *
     * @param clock null for what lives in the sandbox's own time
     * @return null when nothing is due at all
     */
    public @Nullable Due firstDue(Iterable<String> kinds, @Nullable String clock) {
        Due first = null;
        for (String kind : kinds) {
            var due = store.table(account, kind).firstDue(kind, clock);
            first = due != null && (first == null || due.at() < first.at()) ? due : first;
        }
        return first;
    }

    /** A number that differs whenever something of that kind has changed. */
    public long revision(String kind) {
        return store.table(account, kind).revision();
    }

    List<Change> changes() {
        return changes;
    }
}
