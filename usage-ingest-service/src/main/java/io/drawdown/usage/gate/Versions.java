package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What changes with the log, each state kept with the source offset that made it and a link to the one before.
 *
 * <p>So a position that is judged again after a crash finds what stood before it, whatever was stored of the lost run:
 * positions are judged in their order, and what a lost run has left in a chain does not hold ({@link Runs}).
 */
final class Versions {

    static final String NAME = "versions";

    /** A month's texts are filed under its end, which may be that far ahead of the broker's time. */
    private static final Duration AHEAD_MAX = Duration.ofDays(31);

    private static final int ENTRY_BYTES = 4 * Long.BYTES;

    private final WindowStore<Bytes, byte[]> store;
    private final Runs runs;

    Versions(WindowStore<Bytes, byte[]> store, Runs runs) {
        this.store = store;
        this.runs = runs;
    }

    /** @param horizon how long after the time under which it is filed a state is found, at least */
    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration horizon) {
        var retention = horizon.plus(Buckets.WIDTH).plus(Buckets.STEP_BACK).plus(AHEAD_MAX);
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention, Buckets.WIDTH, false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** @return the state that stood before a position; null when there was none */
    @Nullable
    Version before(Bytes key, long offset, Shelf shelf) {
        Version latest = null;
        for (long bucket = shelf.newest(); bucket >= shelf.oldest(); bucket -= Buckets.WIDTH_MILLIS) {
            var found = before(key, offset, bucket);
            if (found != null && (latest == null || found.offset() > latest.offset())) {
                latest = found;
            }
        }
        return latest;
    }

    private @Nullable Version before(Bytes key, long offset, long bucket) {
        var head = store.fetch(key, bucket);
        long at = head == null ? Claim.NONE : ByteBuffer.wrap(head).getLong();
        while (at != Claim.NONE) {
            var stored = store.fetch(entryKey(key, at), bucket);
            if (stored == null) {
                return null;
            }
            var entry = ByteBuffer.wrap(stored);
            long previous = entry.getLong();
            var version = new Version(at, entry.getLong(), entry.getLong());
            long run = entry.hasRemaining() ? entry.getLong() : Runs.BEFORE_ALL;
            if (at < offset && runs.hold(run, at)) {
                return version;
            }
            at = previous;
        }
        return null;
    }

    /** Makes a state the last one of its key. */
    void put(Bytes key, Version version, Shelf shelf) {
        var before = before(key, version.offset(), shelf.filed());
        var entry = ByteBuffer.allocate(ENTRY_BYTES)
                .putLong(offset(before))
                .putLong(version.first())
                .putLong(version.second())
                .putLong(runs.current());
        // In this order: a crash in between leaves an entry to which nothing leads.
        store.put(entryKey(key, version.offset()), entry.array(), shelf.filed());
        store.put(key, head(version.offset()), shelf.filed());
    }

    private static long offset(@Nullable Version version) {
        return version == null ? Claim.NONE : version.offset();
    }

    private static byte[] head(long offset) {
        return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    }

    private static Bytes entryKey(Bytes key, long offset) {
        var bytes = ByteBuffer.allocate(key.get().length + Long.BYTES);
        return Bytes.wrap(bytes.put(key.get()).putLong(offset).array());
    }

    /**
     * A state of two numbers, whose meaning the key's owner knows.
     *
     * @param offset of the position that made it
     */
    record Version(long offset, long first, long second) {}

    /**
     * Where the states of a key are filed.
     *
     * @param filed the bucket of a new state
     * @param newest the first bucket in which they are looked for
     * @param oldest the last one
     */
    record Shelf(long filed, long newest, long oldest) {

        /** One bucket for all states. */
        static Shelf at(long millis) {
            long bucket = Buckets.startOf(millis);
            return new Shelf(bucket, bucket, bucket);
        }

        /** Each state in the bucket of its own time, found over the horizon. */
        static Shelf over(long millis, long horizonMillis) {
            return new Shelf(
                    Buckets.startOf(millis),
                    Buckets.startOf(millis + Buckets.STEP_BACK.toMillis()),
                    Buckets.startOf(millis - horizonMillis));
        }
    }
}
