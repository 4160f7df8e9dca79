package io.drawdown.wallet.credit;

import io.drawdown.wallet.domain.BackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a wallet waits after a top-up that could not be charged.
 *
 * @param firstBackOff after the first failure; doubled after each further one in a row
 * @param longestBackOff no wait is longer
 */
@ConfigurationProperties("drawdown.wallet.replenishment")
record ReplenishmentProperties(
        @DefaultValue("1h") Duration firstBackOff,
        @DefaultValue("24h") Duration longestBackOff) {

    BackOff backOff() {
        return new BackOff(firstBackOff, longestBackOff);
    }
}
