package io.drawdown.usage.gate;

import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What the gate has sent on, as it stands in usage.accepted.v1. */
interface SentRecords {

    /**
     * Reads the end of a partition: all that stands there since the last commit of whoever sent it.
     *
     * @param from the lowest source offset of interest; what was sent of lower ones is left out
     * @param storedAt when the broker stored what stands at {@code from}
     * @param sink gets the records in the order of the log, some of which may stand there twice
     */
    void since(int partition, long from, Instant storedAt, Consumer<Sent> sink);

    /**
     * A record that was sent.
     *
     * @param isCommitted whether those see it who wait for commits: not, where its sender died before
     */
    record Sent(SpecificRecord record, boolean isCommitted) {}
}
