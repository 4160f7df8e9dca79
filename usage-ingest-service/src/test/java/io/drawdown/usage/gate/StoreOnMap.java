package io.drawdown.usage.gate;

import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/** The calls of stores that the gate needs. */
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

    /** @param changelog hears of each change */
    @SuppressWarnings("unchecked")
    static WindowStore<Bytes, byte[]> windowed(Map<Place, byte[]> map, BiConsumer<Place, byte[]> changelog) {
        return (WindowStore<Bytes, byte[]>) Proxy.newProxyInstance(
                StoreOnMap.class.getClassLoader(), new Class<?>[] {WindowStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("fetch") && arguments.length == 2) {
                        return map.get(new Place((Bytes) arguments[0], (Long) arguments[1]));
                    }
                    if (method.getName().equals("put") && arguments.length == 3) {
                        var place = new Place((Bytes) arguments[0], (Long) arguments[2]);
                        map.put(place, (byte[]) arguments[1]);
                        changelog.accept(place, (byte[]) arguments[1]);
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** @param window its start, in milliseconds since 1970 */
    record Place(Bytes key, long window) {}

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
