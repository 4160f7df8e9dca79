package io.drawdown.wallet.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the relay goes about it.
 *
 * @param batchSize events sent before the place is stored
 * @param pollInterval how long at most a committed event waits until it is looked for
 */
@ConfigurationProperties("drawdown.wallet.relay")
record RelayProperties(
        @DefaultValue("5000") int batchSize,
        @DefaultValue("10ms") Duration pollInterval) {}
