package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.Replenishment;
import java.time.Duration;

/**
 * What one step came to.
 *
 * @param state the replenishment after it
 * @param pause how long to wait before the next; zero to go on at once
 */
record Progress(Replenishment state, Duration pause) {

    static Progress goOn(Replenishment state) {
        return new Progress(state, Duration.ZERO);
    }
}
