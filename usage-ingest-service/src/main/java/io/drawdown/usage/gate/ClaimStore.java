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

    private final WindowStore<Bytes, byte[]> store;
    private final Runs runs;
    private final long horizonMillis;

    ClaimStore(WindowStore<Bytes, byte[]> store, Runs runs, Duration horizon) {
        this.store = store;
        this.runs = runs;
        this.horizonMillis = horizon.toMillis();
    }

    /** @param horizon how long after an event a repeat of it is recognised, at least */
    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(Duration horizon) {
        var retention = horizon.plus(Buckets.WIDTH).plus(Buckets.STEP_BACK);
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention, Buckets.WIDTH, false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** @return the offset that was accepted, or {@link Claim#NONE} */
    long claimedBy(Bytes key, long storedAtMillis) {
        long oldest = Buckets.startOf(storedAtMillis - horizonMillis);
        for (long start = Buckets.startOf(storedAtMillis + STEP_BACK_MILLIS);
                start >= oldest;
                start -= Buckets.WIDTH_MILLIS) {
            long offset = offset(store.fetch(key, start));
            if (offset != Claim.NONE) {
                return offset;
            }
        }
        return Claim.NONE;
    }

    private long offset(byte @Nullable [] stored) {
        if (stored == null) {
            return Claim.NONE;
        }
        var claim = ByteBuffer.wrap(stored);
        long offset = claim.getLong();
        long run = claim.hasRemaining() ? claim.getLong() : Runs.BEFORE_ALL;
        return runs.hold(run, offset) ? offset : Claim.NONE;
    }

    void claim(Bytes key, long offset, long storedAtMillis) {
        var claim = ByteBuffer.allocate(2 * Long.BYTES).putLong(offset).putLong(runs.current());
        store.put(key, claim.array(), Buckets.startOf(storedAtMillis));
    }
}
