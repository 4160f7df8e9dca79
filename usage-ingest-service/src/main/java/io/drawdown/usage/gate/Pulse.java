package io.drawdown.usage.gate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Notices that the whole process has stood still, as when its machine is paused: its partitions may be elsewhere since, and it
 * would go on with what it has in hand before it is told.
 */
final class Pulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration BEAT = Duration.ofMillis(100);

    private final long mostNanos;
    private final LongSupplier nanos;
    private volatile long lastBeat;
    private volatile int standstills;
    private volatile boolean running;

    /**
     * @param most a process that stands still no longer than this keeps its partitions
     * @param nanos as {@link System#nanoTime()}
     */
    Pulse(Duration most, LongSupplier nanos) {
        this.mostNanos = most.toNanos();
        this.nanos = nanos;
        this.lastBeat = nanos.getAsLong();
    }

    /** How often the process has stood still so far. Whoever finds another number than before has been away. */
    int standstills() {
        if (nanos.getAsLong() - lastBeat > mostNanos) {
            beat(); // Whoever asks may be awake before the pulse is.
        }
        return standstills;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock only.
    private synchronized void beat() {
        long now = nanos.getAsLong();
        long stood = now - lastBeat;
        if (stood > mostNanos) {
            standstills++;
            log.warn("The process stood still for {}", Duration.ofNanos(stood));
        }
        lastBeat = now;
    }

    @Override
    public void start() {
        beat();
        running = true;
        Thread.ofPlatform().daemon().name("pulse").start(() -> {
            while (running) {
                LockSupport.parkNanos(BEAT.toNanos());
                beat();
            }
        });
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the gate opens, and longer. */
    @Override
    public int getPhase() {
        return 0;
    }
}
