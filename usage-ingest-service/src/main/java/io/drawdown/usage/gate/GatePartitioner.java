package io.drawdown.usage.gate;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageRejected;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends everything to the partition number that it came from, whatever its key is. */
final class GatePartitioner implements StreamPartitioner<byte[], SpecificRecord> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, SpecificRecord value, int partitions) {
        int source = switch (value) {
            case UsageAccepted accepted -> accepted.getSourcePartition();
            case UsageCorrected corrected -> corrected.getSourcePartition();
            case UsageRejected rejected -> rejected.getSourcePartition();
            default ->
                throw new IllegalArgumentException(
                        "The gate does not send " + value.getSchema().getFullName());
        };
        return Optional.of(Set.of(source));
    }
}
