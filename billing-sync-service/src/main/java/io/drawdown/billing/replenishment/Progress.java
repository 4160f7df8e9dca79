package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.Replenishment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one step came to.
 *
 * @param state the replenishment after it
 * @param pause how long to wait before the next; zero to go on at once
 * @param obstacle why it cannot go on until somebody sees to it; null if nothing is in the way
 */
record Progress(
        Replenishment state, Duration pause, @Nullable String obstacle) {

    Progress(Replenishment state, Duration pause) {
        this(state, pause, null);
    }

    static Progress goOn(Replenishment state) {
        return new Progress(state, Duration.ZERO);
    }
}
