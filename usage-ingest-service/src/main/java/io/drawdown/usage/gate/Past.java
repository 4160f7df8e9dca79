package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.gate.SentRecords.Sent;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs have made of a partition, put together before this run judges its first record.
 *
 * <p>After a crash records are read again, and accounts and meters may have changed since. Whoever reads downstream skips
 * what lies below the last record that it has seen; so up to the last one that was sent, the verdict is what the log
 * says, and nothing else is sent. What the crash took from the state comes back from the records themselves.
 */
final class Past {

    private final SentRecords sent;
    private final GateState state;
    private final LastSent lastSent;
    private final Map<Long, SpecificRecord> aborted = new HashMap<>();
    private long last = Claim.NONE;
    private long noted = Claim.NONE;

    Past(SentRecords sent, GateState state, LastSent lastSent) {
        this.sent = sent;
        this.state = state;
        this.lastSent = lastSent;
    }

    /**
     * Once, before anything else.
     *
     * @param first offset of the first record that this run reads: where the run before committed, or behind it
     */
    void recall(int partition, long first) {
        last = lastSent.get();
        long latest = last >= first ? lastSent.beginning() : Long.MAX_VALUE;
        long begin = sent.since(partition, first, latest, this::recall);
        last = Math.max(last, noted);
        if (last >= first) {
            lastSent.put(last, begin);
        }
    }

    /** What stands there for the first time rises; what was sent again changes nothing. */
    private void recall(Sent found) {
        long offset = AcceptedLog.sourceOffset(found.record());
        if (offset > noted) {
            state.recall(found.record());
            noted = offset;
        }
        if (!found.isCommitted()) {
            aborted.put(offset, found.record());
        }
    }

    /** @return the highest source offset that was sent before this run, or {@link Claim#NONE} */
    long lastSent() {
        return last;
    }

    /** @return what was sent of a position before this run, if it was never committed and was not asked for before; or null */
    @Nullable
    SpecificRecord aborted(long offset) {
        return aborted.remove(offset);
    }
}
