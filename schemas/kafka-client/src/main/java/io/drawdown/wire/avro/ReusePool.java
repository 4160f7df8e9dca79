package io.drawdown.wire.avro;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few objects that are dear to make and serve one thread at a time.
 *
 * <p>Unlike a thread-local it holds no more than its slots, however many virtual threads come by. Taking and returning is
 * one atomic exchange each; when a slot is empty a new object is made, and when it is full the returned one is dropped.
 */
final class ReusePool<T> {

    private static final int SLOTS = 16; // A power of two, more than the threads that usually write at once.

    private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> maker;

    ReusePool(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        var free = slots.getAndSet(slot(), null);
        return free == null ? maker.get() : free;
    }

    void giveBack(T reusable) {
        slots.set(slot(), reusable);
    }

    private static int slot() {
        return (int) Thread.currentThread().threadId() & (SLOTS - 1);
    }
}
