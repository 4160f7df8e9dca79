package io.drawdown.wire.view;

import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The last record of each key of a compacted topic. Safe for use by several threads.
 *
 * @param <V> the record type; records of other types on the topic are left out
 */
public interface CompactedTopicView<V> {

    /** The last record of a key; null when there is none or it was removed. */
    @Nullable
    V get(String key);

    /** All last records, in no order, as of now; does not change afterwards. */
    Collection<V> values();

    /**
     * Calls the listener for every key that is there already, and then for every change: with the new record, or with null
     * when the key was removed.
     *
     * <p>Changes of a key come in the topic's order, from the view's one thread: a slow listener holds the view up. What a
     * listener throws is logged and stops nothing.
     */
    void onChange(BiConsumer<String, @Nullable V> listener);

    /** Whether everything that was on the topic when the view was opened has been read. */
    boolean isCaughtUp();
}
