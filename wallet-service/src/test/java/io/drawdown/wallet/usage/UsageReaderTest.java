package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawdown.events.usage.UsageRejected;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can never be drawn down is told by the one failure that puts a record aside; any other would stop the partition. */
class UsageReaderTest {

    @Test
    void refusesARecordOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageReader.read(record(new UsageRejected())))
                .withMessageContaining("UsageRejected");
    }

    @Test
    void refusesAnEmptyRecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageReader.read(record(null)))
                .withMessageContaining("empty");
    }

    private static ConsumerRecord<String, SpecificRecord> record(@Nullable SpecificRecord value) {
        return new ConsumerRecord<>("usage.accepted.v1", 0, 0, "acme", value);
    }
}
