package io.drawdown.wire.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The map behind a view, and who wants to know of its changes. */
final class ViewContents<V> implements CompactedTopicView<V> {

    private static final Logger log = LoggerFactory.getLogger(ViewContents.class);

    private final String name;
    private final Class<V> type;
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final Map<String, Unreadable> unreadable = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, @Nullable V>> listeners = new ArrayList<>();
    private volatile boolean caughtUp;

    ViewContents(String name, Class<V> type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public @Nullable V get(String key) {
        return values.get(key);
    }

    @Override
    public Collection<V> values() {
        return List.copyOf(values.values());
    }

    /** Under the same lock as {@link #apply}, so that no change falls between what is there and what comes. */
    @Override
    public synchronized void onChange(BiConsumer<String, @Nullable V> listener) {
        values.forEach((key, value) -> tell(listener, key, value));
        listeners.add(listener);
    }

    @Override
    public boolean isCaughtUp() {
        return caughtUp;
    }

    void markCaughtUp() {
        caughtUp = true;
    }

    String type() {
        return type.getSimpleName();
    }

    int size() {
        return values.size();
    }

    /** @param value the decoded record; null for a tombstone */
    synchronized void apply(String key, @Nullable Object value) {
        unreadable.remove(key);
        if (value == null) {
            remove(key);
        } else if (type.isInstance(value)) {
            var typed = type.cast(value);
            values.put(key, typed);
            tellAll(key, typed);
        }
    }

    /** Takes note that the last record of a key cannot be decoded: what was known of the key before stays in force. */
    synchronized void applyUnreadable(Unreadable record) {
        unreadable.put(record.key(), record);
    }

    boolean isUnreadable(@Nullable String key) {
        return key != null && unreadable.containsKey(key);
    }

    /** The keys whose last record could not be decoded. */
    List<Unreadable> unreadable() {
        return List.copyOf(unreadable.values());
    }

    /** Removes what a complete reading of the topic has not met: its tombstone was compacted away meanwhile. */
    synchronized void keepOnly(Set<String> keys) {
        List.copyOf(values.keySet()).stream().filter(key -> !keys.contains(key)).forEach(this::remove);
        unreadable.keySet().retainAll(keys);
    }

    private void remove(String key) {
        if (values.remove(key) != null) {
            tellAll(key, null);
        }
    }

    private void tellAll(String key, @Nullable V value) {
        for (BiConsumer<String, @Nullable V> listener : listeners) {
            tell(listener, key, value);
        }
    }

    private void tell(BiConsumer<String, @Nullable V> listener, String key, @Nullable V value) {
        try {
            listener.accept(key, value);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // An error that went further would have the topic read again and again.
            log.error("A listener of the view of {} failed at key {}; the view goes on", name, key, e);
        }
    }
}
