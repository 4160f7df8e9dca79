package io.drawdown.sandbox.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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

    private final Map<String, Table> tables = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Journal journal;
    private long lastSequence;
    private long rewriteFrom = SMALL_JOURNAL;

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
        keys.forEach((kind, paths) -> tables.put(kind, new Table(paths)));
        journal = folder == null ? null : Journal.open(folder, flushed, this::apply);
    }

    private void apply(Change change) {
        var table = table(change.kind());
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
        lock.lock();
        try {
            var work = new Work(this);
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
            return Math.max(SMALL_JOURNAL, 2 * journal.size());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The journal stays long: is there room on the disk for another?", e);
            return 2 * size;
        }
    }

    private Stream<Change> alive() {
        return tables.entrySet().stream()
                .flatMap(table -> table.getValue().all().stream()
                        .map(entry -> Change.of(table.getKey(), table.getValue(), entry)));
    }

    private long weight() {
        return tables.values().stream().mapToLong(Table::weight).sum();
    }

    /** Whether there is nothing at all in it. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return tables.values().stream().allMatch(table -> table.all().isEmpty());
        } finally {
            lock.unlock();
        }
    }

    Table table(String kind) {
        var table = tables.get(kind);
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
