package io.drawdown.usage.gate;

import io.drawdown.events.Topic;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** One source, one processor with its state, two sinks. */
final class GateTopology {

    static final String ACCEPTED = "accepted";
    static final String REJECTED = "rejected";

    private static final String SOURCE = "events";
    private static final String GATE = "gate";

    private GateTopology() {}

    static Topology of(
            ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> gate,
            Duration horizon,
            Map<String, ?> registryConfig) {
        var bytes = new ByteArrayDeserializer();
        var keys = new ByteArraySerializer();
        return new Topology()
                .addSource(SOURCE, bytes, bytes, Topic.Name.USAGE_EVENTS)
                .addProcessor(GATE, gate, SOURCE)
                .addStateStore(ClaimStore.builder(horizon), GATE)
                .addStateStore(Versions.builder(horizon), GATE)
                .addStateStore(LastSent.builder(), GATE)
                .addStateStore(Runs.builder(), GATE)
                .addSink(ACCEPTED, Topic.Name.USAGE_ACCEPTED, keys, avro(registryConfig), new GatePartitioner(), GATE)
                .addSink(REJECTED, Topic.Name.USAGE_REJECTED, keys, avro(registryConfig), new GatePartitioner(), GATE);
    }

    private static Serializer<SpecificRecord> avro(Map<String, ?> registryConfig) {
        var serializer = new AvroSerializer<SpecificRecord>();
        serializer.configure(registryConfig, false);
        return serializer;
    }
}
