package io.drawdown.usage.gate;

import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.CorrectionRules;
import io.drawdown.usage.gate.GateTopics.UsageTopics;
import io.drawdown.usage.wire.UsageDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/** Makes a processor for each partition. */
final class Processors {

    /** How long after an event's arrival a schema that the registry does not know may still turn up. */
    private static final Duration SCHEMA_GRACE = Duration.ofSeconds(5);

    private final PatientDecoder decoder;
    private final Admissions admissions;
    private final GateMetrics metrics;
    private final Duration horizon;
    private final Clock clock;
    private final CorrectionRules corrections;
    private final SentRecords sent;
    private final Supplier<PastRecords> past;

    Processors(
            UsageDecoder decoder,
            Admissions admissions,
            GateMetrics metrics,
            Duration horizon,
            Clock clock,
            CorrectionRules corrections,
            SentRecords sent,
            Supplier<PastRecords> past) {
        this.decoder = new PatientDecoder(decoder, clock, SCHEMA_GRACE);
        this.admissions = admissions;
        this.metrics = metrics;
        this.horizon = horizon;
        this.clock = clock;
        this.corrections = corrections;
        this.sent = sent;
        this.past = past;
    }

    Topology topology(UsageTopics topics, Map<String, ?> registryConfig) {
        var placement = new Placement(topics.partitions());
        var events = topics.eventsId();
        return GateTopology.of(
                () -> new GateProcessor(
                        decoder,
                        admissions.forQueue(),
                        corrections,
                        placement,
                        metrics,
                        clock,
                        horizon,
                        sent,
                        past.get(),
                        events),
                horizon,
                registryConfig);
    }
}
