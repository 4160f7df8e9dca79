package io.drawdown.bench.measure;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Lets things come at a steady rate until whoever does them gets no quicker, then notes for a time how long each takes. It goes in
 * rounds, and each begins when all of the one before has happened: what piled up while a program was being compiled is not
 * counted against it when it is.
 *
 * @param warmUp how long things come uncounted at least
 * @param measured for how long they come when they are counted
 * @param compilers how much of a core the compilers took since it was asked last
 * @param progress told after every round how it went
 */
public record SteadyRate(Duration warmUp, Duration measured, DoubleSupplier compilers, Consumer<String> progress) {

    private static final double MICROS_A_MINUTE = 60e6;
    private static final double MICROS_A_MILLISECOND = 1_000;

    /** One round. */
    @FunctionalInterface
    public interface Round {

        /** Lets so many happen at the rate, each when it is due, and returns when all have or no more are to be expected. */
        Delays run(int count) throws InterruptedException;
    }

    /** Measures one contender, which has been started. */
    public Quantiles measure(String name, int perSecond, Round round) throws InterruptedException {
        var plateau = new Plateau(compilers);
        var window = warmUp.dividedBy(Plateau.WINDOWS_A_WARM_UP);
        for (var quickest = false; !quickest; ) {
            var delays = run(window, perSecond, round);
            progress.accept("%s: warming up, p50 %,.2f ms, p99 %,.2f ms".formatted(name, delays.p50(), delays.p99()));
            quickest = plateau.isReached(quickness(delays));
        }
        return run(measured, perSecond, round);
    }

    private static Quantiles run(Duration time, int perSecond, Round round) throws InterruptedException {
        var count = Math.toIntExact(Math.max(1, perSecond * time.toMillis() / 1_000));
        return round.run(count).quantiles();
    }

    /** How many could happen a minute, one after the other. */
    private static long quickness(Quantiles delays) {
        return Math.round(MICROS_A_MINUTE / Math.max(1, delays.p50() * MICROS_A_MILLISECOND));
    }
}
