package io.drawdown.sandbox.store;

import org.jspecify.annotations.Nullable;

/**
 * One change of a work, as the journal keeps it.
 *
 * @param blob the object's new state, or null when it was removed
 */
record Change(
        String kind, String id, long sequence, @Nullable Blob blob) {}
