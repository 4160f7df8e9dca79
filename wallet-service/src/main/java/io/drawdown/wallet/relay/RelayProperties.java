package io.drawdown.wallet.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the relay goes about it.
 *
 * @param batchSize most events sent before the place is stored
 * @param batchBytes a batch ends with the event with which it comes to so much: few events of a wallet that is used much may
 *     take as much memory as thousands of others
 * @param pollInterval how long at most a committed event waits until it is looked for
 */
@ConfigurationProperties("drawdown.wallet.relay")
record RelayProperties(
        @DefaultValue("5000") int batchSize,
        @DefaultValue("8MB") DataSize batchBytes,
        @DefaultValue("10ms") Duration pollInterval) {

    RelayProperties {
        if (batchSize < 1 || batchBytes.toBytes() < 1) {
            throw new IllegalArgumentException("A batch of " + batchSize + " events and " + batchBytes
                    + " sends nothing; allow at least 1 of each");
        }
    }
}
