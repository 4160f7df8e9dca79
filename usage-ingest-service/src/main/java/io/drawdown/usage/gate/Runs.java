package io.drawdown.usage.gate;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The runs that a partition has had, in their order, and the position at which each began.
 *
 * <p>What a run has noted at the position at which a later one began, or beyond, was never committed: the later one judges
 * it anew, by what the log says was sent. A local store may have it all the same, since a run that dies or is displaced does not take
 * back what it has written there, and a changelog may lose it at any time. So whatever is noted bears its run, and holds as long as no later
 * run began before it.
 */
final class Runs {

    static final String NAME = "runs";

    /** Of what was noted before runs were told apart. */
    static final long BEFORE_ALL = 0;

    private final KeyValueStore<Long, byte[]> store;
    /** By run, the lowest position at which a later one began. */
    private final Map<Long, Long> endings = new HashMap<>();

    private long current = BEFORE_ALL;

    Runs(KeyValueStore<Long, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Long, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.Long(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }

    /**
     * Begins a run, before anything is looked up.
     *
     * @param first offset of the first record that it judges
     */
    void begin(long first) {
        var runs = new TreeMap<Long, Run>();
        try (var stored = store.all()) {
            stored.forEachRemaining(entry -> runs.put(entry.key, Run.of(entry.value)));
        }
        current = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var begun = new Run(current, first);
        long number = runs.isEmpty() ? 0 : runs.lastKey() + 1;
        store.put(number, begun.bytes());
        runs.put(number, begun);
        order(runs);
    }

    private void order(NavigableMap<Long, Run> runs) {
        long ending = Long.MAX_VALUE;
        for (var run : runs.descendingMap().values()) {
            endings.put(run.id(), ending);
            ending = Math.min(ending, run.first());
        }
        endings.put(BEFORE_ALL, ending);
    }

    /** The run under which is noted what is judged now. */
    long current() {
        return current;
    }

    /** Whether what a run noted at a position still holds; never, of a run that nobody knows, since it has committed nothing. */
    boolean hold(long run, long offset) {
        var ending = endings.get(run);
        return ending != null && offset < ending;
    }

    private record Run(long id, long first) {

        private static Run of(byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes);
            return new Run(buffer.getLong(), buffer.getLong());
        }

        private byte[] bytes() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(id)
                    .putLong(first)
                    .array();
        }
    }
}
