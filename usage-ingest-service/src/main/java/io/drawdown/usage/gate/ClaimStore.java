package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Which offset was accepted first for each event of one partition.
 *
 * <p>A window store in which every claim lies at the start of its bucket of 18 days. So the search over a horizon of 35
 * days is three or four lookups by key, most of them answered by a Bloom filter, where a search by time range would open
 * an iterator on every segment for each event. Segments are dropped whole when they have aged, which bounds the disk to
 * the claims of at most 80 days.
 */
final class ClaimStore {

    static final String NAME = "claims";

    private static final long STEP_BACK_MILLIS = Buckets.STEP_BACK.toMillis();

    private final WindowStore<Bytes, Long> store;
    private final long horizonMillis;

    ClaimStore(WindowStore<Bytes, Long> store, Duration horizon) {
        this.store = store;
        this.horizonMillis = horizon.toMillis();
    }

    /** @param horizon how long after an event a repeat of it is recognised, at least */
    static StoreBuilder<WindowStore<Bytes, Long>> builder(Duration horizon) {
        var retention = horizon.plus(Buckets.WIDTH).plus(Buckets.STEP_BACK);
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention, Buckets.WIDTH, false),
                        Serdes.Bytes(),
                        Serdes.Long())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** @return the offset that was accepted, or {@link Claim#NONE} */
    long claimedBy(Bytes key, long storedAtMillis) {
        long oldest = Buckets.startOf(storedAtMillis - horizonMillis);
        for (long start = Buckets.startOf(storedAtMillis + STEP_BACK_MILLIS);
                start >= oldest;
                start -= Buckets.WIDTH_MILLIS) {
            var offset = store.fetch(key, start);
            if (offset != null) {
                return offset;
            }
        }
        return Claim.NONE;
    }

    void claim(Bytes key, long offset, long storedAtMillis) {
        store.put(key, offset, Buckets.startOf(storedAtMillis));
    }

    /** Gives up a claim of the same offset and time. */
    void release(Bytes key, long storedAtMillis) {
        store.put(key, null, Buckets.startOf(storedAtMillis));
    }
}
