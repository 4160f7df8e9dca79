package io.drawdown.usage.gate;

import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What the gate has sent on, as it stands in usage.accepted.v1. */
interface SentRecords {

    /**
     * Reads the end of a partition: all that stands there since the last commit of whoever sent it, or more.
     *
     * @param from the lowest source offset of interest; what was sent of lower ones is left out
     * @param beginAtLatest where to begin in usage.accepted.v1, if the end is not to be begun before
     * @param sink gets the records in the order of the log, some of which may stand there twice
     * @return where it began
     */
    long since(int partition, long from, long beginAtLatest, Consumer<Sent> sink);

    /**
     * A record that was sent.
     *
     * @param isCommitted whether those see it who wait for commits: not, where its sender died before
     */
    record Sent(SpecificRecord record, boolean isCommitted) {}
}
