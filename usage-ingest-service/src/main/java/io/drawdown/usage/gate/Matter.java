package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Rejections.Names;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/** What a record asks the gate to let through: usage, or a correction of it. Both are claimed and replayed alike. */
interface Matter {

    /** Under which it is claimed, so that it counts once. */
    Bytes key();

    /** By what its refusal can be found. */
    Names names();

    /** What becomes of it, as the log before its position says. */
    Outcome outcome();

    /** What is to be done about a matter. */
    sealed interface Outcome {

        /** @param record for usage.accepted.v1 */
        record Sent(SpecificRecord record) implements Outcome {}

        record Refused(Verdict.Refused refusal) implements Outcome {}
    }
}
