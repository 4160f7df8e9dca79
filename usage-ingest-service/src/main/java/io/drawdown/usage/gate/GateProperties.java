package io.drawdown.usage.gate;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gate runs.
 *
 * @param stateDir where the local copy of the claims is kept; may be deleted while the service is down
 * @param streamThreads threads that judge; more than there are partitions are idle
 * @param standbyReplicas further instances that keep a copy of each partition's claims, to take over without a rebuild
 * @param commitInterval how often the position is stored: after a crash at most this much is judged and sent again
 * @param stateMemory what all local stores together may use outside of the heap
 */
@ConfigurationProperties("drawdown.usage")
record GateProperties(
        @DefaultValue("state") Path stateDir,
        @DefaultValue("2") int streamThreads,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("500ms") Duration commitInterval,
        @DefaultValue("128MB") DataSize stateMemory) {}
