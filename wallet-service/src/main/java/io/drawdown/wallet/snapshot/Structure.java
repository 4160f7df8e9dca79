package io.drawdown.wallet.snapshot;

import static java.util.stream.Collectors.joining;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a record: its components in their order, each of which may be absent unless it is a primitive. */
record Structure(Class<?> type, Constructor<?> constructor, List<Part> parts) implements Form {

    static Structure of(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Structure(
                    type, constructor, Stream.of(components).map(Part::of).toList());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is a record without its constructor", e);
        }
    }

    @Override
    public String shape() {
        return type.getName() + parts.stream().map(Part::shape).collect(joining(",", "(", ")"));
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
        for (var part : parts) {
            part.write(value, out);
        }
    }

    @Override
    public Object read(DataInput in) throws IOException {
        var values = new @Nullable Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).read(in);
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException("These are not the parts of a " + type.getSimpleName(), e);
        }
    }

    /** One component. */
    private record Part(RecordComponent component, Form form) {

        private static Part of(RecordComponent component) {
            component.getAccessor().setAccessible(true);
            return new Part(component, Forms.of(component.getGenericType()));
        }

        private String shape() {
            return component.getName() + ":" + form.shape();
        }

        private void write(Object whole, DataOutput out) throws IOException {
            var value = valueIn(whole);
            if (!component.getType().isPrimitive()) {
                out.writeBoolean(value != null);
            }
            if (value != null) {
                form.write(value, out);
            }
        }

        private @Nullable Object valueIn(Object whole) throws IOException {
            try {
                return component.getAccessor().invoke(whole);
            } catch (ReflectiveOperationException e) {
                throw new IOException("A record does not tell its " + component.getName(), e);
            }
        }

        private @Nullable Object read(DataInput in) throws IOException {
            return component.getType().isPrimitive() || in.readBoolean() ? form.read(in) : null;
        }
    }
}
