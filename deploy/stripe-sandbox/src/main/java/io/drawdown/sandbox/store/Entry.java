package io.drawdown.sandbox.store;

import org.jspecify.annotations.Nullable;

/**
 * One stored object with what lists sort and filter by.
 *
 * @param sequence order of creation over all tables; kept when the object changes
 * @param keys values of the table's keys, in their order; null where the object has none
 */
record Entry(long sequence, String id, Blob blob, @Nullable String[] keys) {

    private static final int FRAME = 48;

    /** About the bytes it takes in the journal. */
    long weight() {
        long weight = FRAME + id.length() + blob.length();
        for (var key : keys) {
            weight += key == null ? 1 : 3L + key.length();
        }
        return weight;
    }
}
