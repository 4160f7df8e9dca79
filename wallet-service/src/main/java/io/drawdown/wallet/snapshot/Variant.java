package io.drawdown.wallet.snapshot;

import static java.util.stream.Collectors.joining;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The form of a sealed interface: which of its records, and that one's form. */
record Variant(List<Structure> structures) implements Form {

    static Variant of(Class<?> type) {
        return new Variant(
                Stream.of(type.getPermittedSubclasses()).map(Structure::of).toList());
    }

    @Override
    public String shape() {
        return structures.stream().map(Structure::shape).collect(joining("|", "[", "]"));
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
        int which = 0;
        while (!structures.get(which).type().isInstance(value)) {
            which++;
        }
        out.writeInt(which);
        structures.get(which).write(value, out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return structures.get(in.readInt()).read(in);
    }
}
