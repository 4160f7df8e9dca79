package io.drawdown.usage.gate;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.UsageDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/** Makes a processor for each partition. */
final class Processors {

    private final UsageDecoder decoder;
    private final Admissions admissions;
    private final GateMetrics metrics;
    private final Duration horizon;
    private final Clock clock;

    Processors(UsageDecoder decoder, Admissions admissions, GateMetrics metrics, Duration horizon, Clock clock) {
        this.decoder = decoder;
        this.admissions = admissions;
        this.metrics = metrics;
        this.horizon = horizon;
        this.clock = clock;
    }

    Topology topology(int partitions, Map<String, ?> registryConfig) {
        var placement = new Placement(partitions);
        return GateTopology.of(
                () -> new GateProcessor(decoder, admissions.forQueue(), placement, metrics, clock, horizon),
                horizon,
                registryConfig);
    }
}
