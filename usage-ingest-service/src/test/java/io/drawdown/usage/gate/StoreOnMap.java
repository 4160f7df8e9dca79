package io.drawdown.usage.gate;

import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The calls of a store that {@link Runs} needs. */
final class StoreOnMap {

    private StoreOnMap() {}

    /** @param changelog hears of each change */
    @SuppressWarnings("unchecked")
    static KeyValueStore<Long, byte[]> of(SortedMap<Long, byte[]> map, BiConsumer<Long, byte[]> changelog) {
        return (KeyValueStore<Long, byte[]>) Proxy.newProxyInstance(
                StoreOnMap.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "all" -> new All(List.copyOf(map.entrySet()).iterator());
                    case "put" -> {
                        map.put((Long) arguments[0], (byte[]) arguments[1]);
                        changelog.accept((Long) arguments[0], (byte[]) arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private record All(Iterator<Map.Entry<Long, byte[]>> entries) implements KeyValueIterator<Long, byte[]> {

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<Long, byte[]> next() {
            var entry = entries.next();
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public Long peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
