package io.drawdown.sandbox.store;

import org.jspecify.annotations.Nullable;

/**
 * One change of a work, as the journal keeps it.
 *
 * @param kind with the account before it when it is not the platform's own
 * @param blob the object's new state, or null when it was removed
 * @param layout which keys the table had; when it has others by now, the values here are of no use
 * @param keys values of those keys, so that a start need not unpack every object
 */
record Change(
        String kind,
        String id,
        long sequence,
        @Nullable Blob blob,
        int layout,
        @Nullable String[] keys) {

    private static final char SEPARATOR = '/';

    static Change removal(String account, String kind, String id, long sequence) {
        return new Change(name(account, kind), id, sequence, null, 0, new @Nullable String[0]);
    }

    /** That the object is as the table has it. */
    static Change of(String account, String kind, Table table, Entry entry) {
        return new Change(
                name(account, kind), entry.id(), entry.sequence(), entry.blob(), table.layout(), entry.keys());
    }

    private static String name(String account, String kind) {
        return account.isEmpty() ? kind : account + SEPARATOR + kind;
    }

    String account() {
        return kind.substring(0, Math.max(0, kind.indexOf(SEPARATOR)));
    }

    String table() {
        return kind.substring(kind.indexOf(SEPARATOR) + 1);
    }
}
