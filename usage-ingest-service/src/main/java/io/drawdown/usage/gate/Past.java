package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
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
        var records = new TreeMap<Long, SpecificRecord>();
        var committed = new HashSet<Long>();
        long latest = last >= first ? lastSent.beginning() : Long.MAX_VALUE;
        long begin = sent.since(partition, first, latest, found -> {
            long offset = AcceptedLog.sourceOffset(found.record());
            records.put(offset, found.record());
            if (found.isCommitted()) {
                committed.add(offset);
            }
        });
        aborted.putAll(records);
        aborted.keySet().removeAll(committed);
        if (!records.isEmpty()) {
            last = Math.max(last, records.lastKey());
        }
        state.recall(records);
        if (last >= first) {
            lastSent.put(last, begin);
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
