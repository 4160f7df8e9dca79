package io.drawdown.support.test;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value computed once, on first use. A failure is remembered too: a server that cannot start is not tried again. */
final class Lazy<T> {

    private final Supplier<T> source;
    private @Nullable T value;
    private @Nullable RuntimeException failure;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        if (failure != null) {
            throw failure;
        }
        if (value == null) {
            value = compute();
        }
        return value;
    }

    private T compute() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
