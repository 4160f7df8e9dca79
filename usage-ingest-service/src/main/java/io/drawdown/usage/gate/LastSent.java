package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * How far earlier runs had come with sending when this one took a partition over.
 *
 * <p>Kept, because a run that stops while it reads again what was read before leaves a log whose last records no longer
 * tell how far was read.
 */
final class LastSent {

    static final String NAME = "last-sent";

    private final KeyValueStore<String, Long> store;
    private final String log;
    private final String beginning;

    /** @param events identity of usage.events.v1, whose offsets mean nothing in another one */
    LastSent(KeyValueStore<String, Long> store, Uuid events) {
        this.store = store;
        this.log = events.toString();
        this.beginning = log + "/begins-at";
    }

    static StoreBuilder<KeyValueStore<String, Long>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.Long())
                .withLoggingEnabled(Map.of());
    }

    /** @return a source offset, or {@link Claim#NONE} */
    long get() {
        var offset = store.get(log);
        return offset == null ? Claim.NONE : offset;
    }

    /** @return where in usage.accepted.v1 the first record stands that was sent and not committed by then; or {@link Long#MAX_VALUE} */
    long beginning() {
        var offset = store.get(beginning);
        return offset == null ? Long.MAX_VALUE : offset;
    }

    void put(long offset, long beginsAt) {
        store.put(log, offset);
        store.put(beginning, beginsAt);
    }
}
