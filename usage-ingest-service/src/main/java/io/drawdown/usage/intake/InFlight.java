package io.drawdown.usage.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds what all requests have on its way at one time, so that producers are slowed down instead of filling the heap. */
final class InFlight {

    private final String what;
    private final int max;
    private final Semaphore permits;
    private final Duration wait;

    /**
     * @param what is counted, as the caller reads it
     * @param wait for others to leave
     */
    InFlight(String what, int max, Duration wait) {
        this.what = what;
        this.max = max;
        this.permits = new Semaphore(max);
        this.wait = wait;
    }

    /**
     * Takes so many places.
     *
     * @throws IntakeUnavailable when they do not get free within the wait
     */
    void enter(int places) {
        try {
            if (!permits.tryAcquire(places, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw IntakeUnavailable.noRoom(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IntakeUnavailable.stopping(e);
        }
    }

    /**
     * Takes so many places at once if about half of all stay free even then: for those who can do without, so that they do
     * not turn others away.
     *
     * @return whether they were taken
     */
    boolean enterLeavingHalf(int places) {
        return permits.availablePermits() - places >= max / 2 && permits.tryAcquire(places);
    }

    /**
     * Takes so many places at once if they are free.
     *
     * @return whether they were taken
     */
    boolean enterNow(int places) {
        return permits.tryAcquire(places);
    }

    /** Places that are taken at this moment. */
    int count() {
        return max - permits.availablePermits();
    }

    void leave(int places) {
        permits.release(places);
    }
}
