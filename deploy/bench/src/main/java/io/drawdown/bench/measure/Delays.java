package io.drawdown.bench.measure;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** How long after it was due each of many things happened; may be told by several threads. */
public final class Delays {

    private static final int MISSING = 0;
    private static final int NANOS_PER_MICRO = 1_000;

    private final AtomicIntegerArray micros;

    public Delays(int count) {
        micros = new AtomicIntegerArray(count);
    }

    /** Notes when a number happened; the first time counts, and numbers that are none of these do not. */
    public void happened(long number, long afterNanos) {
        if (number >= 0 && number < micros.length()) {
            var delay = (int) Math.clamp(afterNanos / NANOS_PER_MICRO, 1, Integer.MAX_VALUE);
            micros.compareAndSet((int) number, MISSING, delay);
        }
    }

    /** Whether all have happened. */
    public boolean areComplete() {
        return IntStream.range(0, micros.length()).noneMatch(number -> micros.get(number) == MISSING);
    }

    /** How they are spread. */
    public Quantiles quantiles() {
        var happened = IntStream.range(0, micros.length())
                .map(micros::get)
                .filter(delay -> delay != MISSING)
                .sorted()
                .toArray();
        return Quantiles.of(happened, micros.length() - happened.length);
    }
}
