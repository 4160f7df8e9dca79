package io.drawdown.wallet.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The form of a list or a set.
 *
 * @param sorted whether elements are written in the order of their bytes and not in their own: equal sets then have equal bytes
 */
record Elements(String name, Form element, boolean sorted, Function<List<Object>, Collection<Object>> collected)
        implements Form {

    @Override
    public String shape() {
        return name + "<" + element.shape() + ">";
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
        var written = new ArrayList<byte[]>();
        for (var each : (Collection<?>) value) {
            written.add(Chunk.of(part -> element.write(each, part)));
        }
        Chunk.writeAll(written, sorted, out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
        int size = in.readInt();
        var elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(element.read(in));
        }
        return collected.apply(elements);
    }
}
