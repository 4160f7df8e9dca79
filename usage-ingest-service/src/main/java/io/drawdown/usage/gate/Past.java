package io.drawdown.usage.gate;

import static io.drawdown.usage.gate.CarriedHeaders.utf8;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.usage.domain.Claim;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * What earlier runs have made of a partition, put together before this run judges its first record.
 *
 * <p>After a crash records are read again, and accounts and meters may have changed since. Whoever reads downstream skips
 * what lies below the last record that it has seen; so up to the last one that was sent, the verdict is what the log
 * says, and nothing is sent again. Claims that the crash lost come back from the records themselves.
 */
final class Past {

    private final SentRecords sent;
    private final ClaimStore claims;
    private final LastSent lastSent;
    private final ClaimKeys keys;
    private long last = Claim.NONE;

    Past(SentRecords sent, ClaimStore claims, LastSent lastSent, ClaimKeys keys) {
        this.sent = sent;
        this.claims = claims;
        this.lastSent = lastSent;
        this.keys = keys;
    }

    /** @param first offset of the first record that this run reads: where the run before committed, or behind it */
    void recall(int partition, long first) {
        last = lastSent.get();
        sent.since(partition, first, this::take);
        if (last >= first) {
            lastSent.put(last);
        }
    }

    /** @return the highest source offset that was sent before this run, or {@link Claim#NONE} */
    long lastSent() {
        return last;
    }

    private void take(SpecificRecord record) {
        last = Math.max(last, AcceptedLog.sourceOffset(record));
        if (record instanceof UsageAccepted accepted) {
            claim(accepted);
        }
    }

    private void claim(UsageAccepted accepted) {
        Bytes key = keys.of(utf8(accepted.getAccountId()), accepted.getSource(), accepted.getId());
        long storedAt = accepted.getAcceptedAt().toEpochMilli();
        if (claims.claimedBy(key, storedAt) == Claim.NONE) {
            claims.claim(key, accepted.getSourceOffset(), storedAt);
        }
    }
}
