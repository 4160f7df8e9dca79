package io.drawdown.usage.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds the events that wait for Kafka, so that a slow broker slows the producers down instead of filling the heap. */
final class InFlight {

    private final int eventsMax;
    private final Semaphore permits;
    private final Duration wait;

    InFlight(int eventsMax, Duration wait) {
        this.eventsMax = eventsMax;
        this.permits = new Semaphore(eventsMax);
        this.wait = wait;
    }

    /**
     * Takes a place for each of the events.
     *
     * @throws IntakeUnavailable when there is none within the wait
     */
    void enter(int events) {
        try {
            if (!permits.tryAcquire(events, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IntakeUnavailable(
                        "More events are in flight than this instance takes: none of these was stored", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntakeUnavailable("The service is stopping: none of these was stored", e);
        }
    }

    /** Events that wait for Kafka at this moment. */
    int count() {
        return eventsMax - permits.availablePermits();
    }

    void leave(int events) {
        permits.release(events);
    }
}
