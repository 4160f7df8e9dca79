package io.drawdown.usage.gate;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Single records of what the gate has sent on. Used by one thread. */
interface PastRecords extends AutoCloseable {

    /**
     * What was sent for a position, by this run or an earlier one.
     *
     * @return null when usage.accepted.v1 does not have it, or no longer
     */
    @Nullable
    SpecificRecord sentFor(int partition, long sourceOffset);

    /** From which position on this run itself sends: such records may still be on their way. */
    void runBegins(long sourceOffset);

    @Override
    void close();
}
