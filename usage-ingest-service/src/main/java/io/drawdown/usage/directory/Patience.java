package io.drawdown.usage.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long what has come may be waited for that it names: until it is {@code grace} old, and then for a while not again. One object
 * serves all partitions, as a thread that waits for one lets its others wait as well; each thread rests for itself.
 */
public final class Patience {

    private final Clock clock;
    private final Duration grace;
    private final int restFactor;
    private final ThreadLocal<Long> fromNanos = ThreadLocal.withInitial(System::nanoTime);

    /**
     * @param grace counted from an arrival
     * @param restFactor after a wait there is no other for this many times its length, so that a producer of nonsense
     *     cannot keep the others on its thread waiting; zero where nobody else waits
     */
    public Patience(Clock clock, Duration grace, int restFactor) {
        this.clock = clock;
        this.grace = grace;
        this.restFactor = restFactor;
    }

    /**
     * How long this thread may wait for what has arrived; zero or less if not at all. At most the grace, however far the broker's
     * clock is ahead of ours.
     */
    public long nanosFor(Instant arrivedAt) {
        long from = fromNanos.get();
        if (System.nanoTime() - from < 0) {
            return 0;
        }
        var left = Duration.between(clock.instant(), arrivedAt.plus(grace));
        return left.compareTo(grace) > 0 ? grace.toNanos() : left.toNanos();
    }

    /** Begins this thread's rest after a wait. */
    public void restAfter(long begunNanos) {
        long ended = System.nanoTime();
        fromNanos.set(ended + restFactor * (ended - begunNanos));
    }
}
