package io.drawdown.sandbox.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables, one lock and, when there is a data folder, a journal. */
public final class Store implements Closeable {

    private static final System.Logger LOG = System.getLogger(Store.class.getName());
    private static final long SMALL_JOURNAL = 16L << 20;

    private final Map<String, List<String>> keys;
    private final Map<String, Map<String, Table>> accounts = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Journal journal;
    private final long smallJournal;
    /** By the names that changes have for them. */
    private final Map<String, Table> replayed = new HashMap<>();

    private long lastSequence;
    private long rewriteFrom;

    /** Opens the store with what the folder holds; works are not flushed to the disk. */
    public Store(Map<String, List<String>> keys, @Nullable Path folder) {
        this(keys, folder, false);
    }

    /**
     * Opens the store with what the folder holds.
     *
     * @param keys for each kind the paths that lists filter by
     * @param folder null to keep everything in memory only
     * @param flushed whether a work is on the disk before anybody is told of it, so that it outlives a loss of power
     */
    public Store(Map<String, List<String>> keys, @Nullable Path folder, boolean flushed) {
        this(keys, folder, flushed, SMALL_JOURNAL);
    }

    /** Takes also the size in bytes below which the journal is not rewritten. */
    Store(Map<String, List<String>> keys, @Nullable Path folder, boolean flushed, long smallJournal) {
        this.keys = Map.copyOf(keys);
        this.smallJournal = smallJournal;
        rewriteFrom = smallJournal;
        open(Work.PLATFORM);
        journal = folder == null ? null : Journal.open(folder, flushed, this::apply);
    }

    private Map<String, Table> open(String account) {
        return accounts.computeIfAbsent(account, _ -> {
            var tables = new HashMap<String, Table>();
            keys.forEach((kind, paths) -> tables.put(kind, new Table(paths)));
            return tables;
        });
    }

    private void apply(Change change) {
        var table = replayed.computeIfAbsent(change.kind(), _ -> table(change.account(), change.table()));
        lastSequence = Math.max(lastSequence, change.sequence());
        if (change.blob() == null) {
            table.remove(change.id());
        } else {
            var keys = change.layout() == table.layout()
                    ? change.keys()
                    : table.keysOf(change.blob().unpack());
            table.put(new Entry(change.sequence(), change.id(), change.blob(), keys));
        }
    }

    /**
     * Runs a work alone. Its changes stay and are in the journal when this returns; when it throws they are undone.
     */
    public <T> T run(Function<Work, T> step) {
        return run(Work.PLATFORM, step);
    }

    /** Runs a work alone, among the objects of an account: nothing of another one is seen or changed. */
    public <T> T run(String account, Function<Work, T> step) {
        lock.lock();
        try {
            var work = new Work(this, account);
            try {
                var result = step.apply(work);
                if (journal != null && !work.changes().isEmpty()) {
                    keep(journal, work.changes());
                }
                return result;
            } catch (RuntimeException | Error e) {
                work.rollBack();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Journal journal, List<Change> changes) {
        journal.append(changes);
        long size = journal.size();
        if (size >= rewriteFrom) {
            rewriteFrom = size < 2 * weight() ? 2 * weight() : rewritten(journal, size);
        }
    }

    /** From which size on to look again. A journal that cannot be rewritten only grows: that is no reason to stop. */
    private long rewritten(Journal journal, long size) {
        try {
            journal.rewrite(alive().iterator());
            LOG.log(System.Logger.Level.INFO, "The journal had {0} bytes and has {1}", size, journal.size());
            return Math.max(smallJournal, 2 * journal.size());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The journal stays long: is there room on the disk for another?", e);
            return 2 * size;
        }
    }

    private Stream<Change> alive() {
        return accounts.entrySet().stream()
                .flatMap(account -> account.getValue().entrySet().stream()
                        .flatMap(table -> table.getValue()
                                .all()
                                .oldestFirst()
                                .map(entry -> Change.of(account.getKey(), table.getKey(), table.getValue(), entry))));
    }

    private long weight() {
        return accounts.values().stream()
                .flatMap(tables -> tables.values().stream())
                .mapToLong(Table::weight)
                .sum();
    }

    /** Whether there is nothing at all in it. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return accounts.values().stream()
                    .flatMap(tables -> tables.values().stream())
                    .allMatch(table -> table.all().size() == 0);
        } finally {
            lock.unlock();
        }
    }

    /** The accounts that have objects; the platform's comes first. */
    public List<String> accounts() {
        lock.lock();
        try {
            return List.copyOf(accounts.keySet());
        } finally {
            lock.unlock();
        }
    }

    Table table(String account, String kind) {
        var table = open(account).get(kind);
        if (table == null) {
            throw new IllegalArgumentException(
                    "The store has no kind " + kind + ": declare it where the sandbox is wired");
        }
        return table;
    }

    long nextSequence() {
        return ++lastSequence;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (journal != null) {
                journal.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
