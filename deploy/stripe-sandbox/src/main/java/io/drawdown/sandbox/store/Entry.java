package io.drawdown.sandbox.store;

import org.jspecify.annotations.Nullable;

/**
 * One stored object with what lists sort and filter by.
 *
 * @param sequence order of creation over all tables; kept when the object changes
 * @param keys values of the table's keys, in their order; null where the object has none
 */
record Entry(long sequence, String id, Blob blob, @Nullable String[] keys) {}
