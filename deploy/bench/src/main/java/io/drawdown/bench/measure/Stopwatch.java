package io.drawdown.bench.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Lets a contender warm up until it gets no faster, then counts it for a time.
 *
 * @param warmUp how long it runs uncounted at least, from its first durable event
 * @param measured how long it is counted
 * @param available how many events there are in all
 * @param progress told once a second how far it is
 */
public record Stopwatch(Duration warmUp, Duration measured, long available, Consumer<String> progress) {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /** Measures one contender, which has been started. */
    public Figure measure(Contender contender) {
        awaitFirstEvent(contender);
        warmUp(contender);
        var begun = System.nanoTime();
        var before = contender.durableEvents();
        var drained = run(contender, measured, available, "measuring");
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return Figure.of(contender.durableEvents() - before, took, contender.residentMegabytes(), drained);
    }

    /** At most half of the events are used up for it. */
    private void warmUp(Contender contender) {
        run(contender, warmUp, available / 2, "warming up");
        var plateau = new Plateau();
        var window = warmUp.dividedBy(Plateau.WINDOWS_A_WARM_UP);
        for (var before = contender.durableEvents(); before < available / 2; before = contender.durableEvents()) {
            run(contender, window, available / 2, "warming up");
            if (plateau.isReached((contender.durableEvents() - before) / Math.max(1, window.toSeconds()))) {
                return;
            }
        }
    }

    private static void awaitFirstEvent(Contender contender) {
        var limit = System.nanoTime() + START_LIMIT.toNanos();
        while (contender.durableEvents() == 0) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        contender.name() + " made no event durable within " + START_LIMIT.toMinutes() + " minutes");
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    /** Waits for a time or until so many events are done; true when they are. */
    private boolean run(Contender contender, Duration time, long events, String phase) {
        var end = System.nanoTime() + time.toNanos();
        var nextWord = System.nanoTime();
        while (System.nanoTime() < end) {
            var done = contender.durableEvents();
            if (done >= events) {
                return true;
            }
            if (System.nanoTime() >= nextWord) {
                var left = Duration.ofNanos(end - System.nanoTime()).toSeconds();
                progress.accept("%s: %s, %,d events, %d s to go".formatted(contender.name(), phase, done, left));
                nextWord += Duration.ofSeconds(5).toNanos();
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
        return false;
    }
}
