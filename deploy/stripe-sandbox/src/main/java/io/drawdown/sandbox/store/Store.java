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
import org.jspecify.annotations.Nullable;

/** Tables, one lock and, when there is a data folder, a journal. */
public final class Store implements Closeable {

    private final Map<String, Table> tables = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Journal journal;
    private long lastSequence;

    /**
     * Opens the store with what the folder holds.
     *
     * @param keys for each kind the paths that lists filter by
     * @param folder null to keep everything in memory only
     */
    public Store(Map<String, List<String>> keys, @Nullable Path folder) {
        new LinkedHashMap<>(keys).forEach((kind, paths) -> tables.put(kind, new Table(paths)));
        journal = folder == null ? null : Journal.open(folder, this::apply);
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
                    journal.append(work.changes());
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
