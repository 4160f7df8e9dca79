package io.drawdown.usage.gate;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.gate.GateTopics.UsageTopics;
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
    private final SentRecords sent;

    Processors(
            UsageDecoder decoder,
            Admissions admissions,
            GateMetrics metrics,
            Duration horizon,
            Clock clock,
            SentRecords sent) {
        this.decoder = decoder;
        this.admissions = admissions;
        this.metrics = metrics;
        this.horizon = horizon;
        this.clock = clock;
        this.sent = sent;
    }

    Topology topology(UsageTopics topics, Map<String, ?> registryConfig) {
        var placement = new Placement(topics.partitions());
        var events = topics.eventsId();
        return GateTopology.of(
                () -> new GateProcessor(
                        decoder, admissions.forQueue(), placement, metrics, clock, horizon, sent, events),
                horizon,
                registryConfig);
    }
}
