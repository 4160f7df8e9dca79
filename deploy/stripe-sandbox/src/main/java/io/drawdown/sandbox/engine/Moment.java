package io.drawdown.sandbox.engine;

import org.jspecify.annotations.Nullable;

/**
 * When something happens. Seconds since the epoch.
 *
 * @param now the time of the objects concerned
 * @param clock the test clock that they live on; null when they live in the sandbox's own time
 * @param outside the sandbox's own time
 */
public record Moment(long now, @Nullable String clock, long outside) {

    /** On no test clock. */
    static Moment outside(long now) {
        return new Moment(now, null, now);
    }
}
