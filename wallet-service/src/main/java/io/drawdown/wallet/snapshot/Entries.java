package io.drawdown.wallet.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The form of a map.
 *
 * @param sorted whether entries are written in the order of their bytes and not in their own: equal maps then have equal bytes
 */
record Entries(String name, Form key, Form value, boolean sorted, UnaryOperator<Map<Object, Object>> collected)
        implements Form {

    @Override
    public String shape() {
        return name + "<" + key.shape() + "," + value.shape() + ">";
    }

    @Override
    public void write(Object map, DataOutput out) throws IOException {
        var written = new ArrayList<byte[]>();
        for (var entry : ((Map<?, ?>) map).entrySet()) {
            written.add(Chunk.of(part -> {
                key.write(entry.getKey(), part);
                value.write(entry.getValue(), part);
            }));
        }
        Chunk.writeAll(written, sorted, out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
        int size = in.readInt();
        var entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put(key.read(in), value.read(in));
        }
        return collected.apply(entries);
    }
}
