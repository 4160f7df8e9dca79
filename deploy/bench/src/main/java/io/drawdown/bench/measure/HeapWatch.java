package io.drawdown.bench.measure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks every other second at what is alive in a JVM's heap, and keeps the most. It has the JVM collect all its garbage each time. */
public final class HeapWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final LiveHeap heap;
    private final AtomicLong most = new AtomicLong();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

    private final Future<?> looking;

    private HeapWatch(LiveHeap heap) {
        this.heap = heap;
        long nanos = PAUSE.toNanos();
        looking = looks.scheduleWithFixedDelay(this::look, nanos / 4, nanos, TimeUnit.NANOSECONDS);
    }

    /** Looks for the first time after a moment, when what is watched is under way. */
    public static HeapWatch of(LiveHeap heap) {
        return new HeapWatch(heap);
    }

    private void look() {
        most.accumulateAndGet(heap.megabytes(), Math::max);
    }

    /**
     * The most so far in MiB; zero before it has looked.
     *
     * @throws IllegalStateException when a look failed, after which there was none
     */
    public long mostMegabytes() {
        if (looking.state() == Future.State.FAILED) {
            throw new IllegalStateException("The heap could not be watched", looking.exceptionNow());
        }
        return most.get();
    }

    /** Ends when a look that is under way has ended. */
    @Override
    public void close() {
        looks.close();
    }
}
