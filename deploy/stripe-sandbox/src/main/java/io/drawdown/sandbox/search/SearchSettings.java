package io.drawdown.sandbox.search;

import java.time.Duration;

/**
 * What Stripe does not promise about its search.
 *
 * @param delay how long a new object cannot be found; whole seconds
 */
public record SearchSettings(Duration delay) {

    /** One second: enough to fail whoever reads his own write. */
    public static final SearchSettings DEFAULT = new SearchSettings(Duration.ofSeconds(1));

    public SearchSettings {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("An index is not ahead of what it indexes: " + delay);
        }
    }
}
