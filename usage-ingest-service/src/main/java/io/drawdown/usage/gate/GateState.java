package io.drawdown.usage.gate;

import static io.drawdown.usage.gate.CarriedHeaders.utf8;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.KnownAccount;
import io.drawdown.usage.domain.TextUses;
import io.drawdown.usage.gate.Versions.Shelf;
import io.drawdown.usage.gate.Versions.Version;
import io.drawdown.usage.wire.UsageRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the gate remembers of one partition. It changes by what is sent on, and in no other way: so what a crash took from
 * it comes back from usage.accepted.v1.
 */
final class GateState {

    private static final int REPLACED = 0;
    private static final int VOID = 1;

    private final ClaimStore claims;
    private final Versions versions;
    private final long horizonMillis;
    private final ClaimKeys keys = new ClaimKeys();

    GateState(ClaimStore claims, Versions versions, Duration horizon) {
        this.claims = claims;
        this.versions = versions;
        this.horizonMillis = horizon.toMillis();
    }

    Bytes usageKey(byte @Nullable [] account, String source, String id) {
        return keys.of(account, source, id);
    }

    Bytes usageKey(Correction correction) {
        return keys.of(utf8(correction.accountId()), correction.usageSource(), correction.usageId());
    }

    Bytes correctionKey(Correction correction) {
        return keys.ofCorrection(correction.accountId(), correction.id());
    }

    /** @return the offset that was accepted, or {@link Claim#NONE} */
    long claimedBy(Bytes key, Instant storedAt) {
        return claims.claimedBy(key, storedAt.toEpochMilli());
    }

    /** @return the last correction of a usage before the position at hand; null when there was none */
    @Nullable
    LastCorrection lastCorrection(Bytes usageKey, long offset, Instant storedAt) {
        var version = versions.before(usageKey, offset, shelf(storedAt));
        return version == null ? null : new LastCorrection(version.offset(), version.first() == VOID);
    }

    /** @return how a text stands before a position */
    TextUses uses(Text text, long offset) {
        var version = versions.before(key(text), offset, text.shelf());
        return version == null ? TextUses.NONE : new TextUses(version.first(), version.second());
    }

    /** Claims a matter for what is sent of it now, and remembers what that changes. */
    void remember(Bytes key, SpecificRecord sent, Instant storedAt) {
        claims.claim(key, AcceptedLog.sourceOffset(sent), storedAt.toEpochMilli());
        switch (sent) {
            case UsageAccepted usage -> use(usage);
            case UsageCorrected corrected -> correct(corrected);
            default -> throw AcceptedLog.strange(sent);
        }
    }

    /**
     * Notes under this run what an earlier one has sent and, as far as is known here, not committed.
     *
     * @param sent one after the other in the order of their source offsets
     */
    void recall(SpecificRecord sent) {
        switch (sent) {
            case UsageAccepted usage -> recall(usage);
            case UsageCorrected corrected -> recall(corrected);
            default -> throw AcceptedLog.strange(sent);
        }
    }

    private void recall(UsageAccepted usage) {
        var key = usageKey(utf8(usage.getAccountId()), usage.getSource(), usage.getId());
        restoreClaim(key, usage.getSourceOffset(), usage.getAcceptedAt());
        use(usage);
    }

    private void recall(UsageCorrected corrected) {
        var key = keys.ofCorrection(corrected.getAccountId(), corrected.getId());
        restoreClaim(key, corrected.getSourceOffset(), corrected.getAcceptedAt());
        correct(corrected);
    }

    private void restoreClaim(Bytes key, long offset, Instant storedAt) {
        if (claimedBy(key, storedAt) == Claim.NONE) {
            claims.claim(key, offset, storedAt.toEpochMilli());
        }
    }

    private void use(UsageAccepted usage) {
        var text = Text.of(usage);
        if (text != null) {
            long offset = usage.getSourceOffset();
            put(text, offset, uses(text, offset).used(offset));
        }
    }

    private void correct(UsageCorrected corrected) {
        long offset = corrected.getSourceOffset();
        var text = Text.of(corrected);
        if (text != null) {
            put(text, offset, uses(text, offset).voided());
        }
        boolean isVoid = text != null || corrected.getAfter() == null;
        var version = new Version(offset, isVoid ? VOID : REPLACED, 0);
        versions.put(usageKey(corrected), version, shelf(corrected.getAcceptedAt()));
    }

    private void put(Text text, long offset, TextUses uses) {
        versions.put(key(text), new Version(offset, uses.count(), uses.bearer()), text.shelf());
    }

    private Bytes usageKey(UsageCorrected corrected) {
        var account = utf8(corrected.getAccountId());
        var voided = corrected.getVoided();
        return voided == null
                ? keys.of(account, corrected.getUsageSource(), corrected.getUsageId())
                : keys.of(account, voided.getUsageSource(), voided.getUsageId());
    }

    private Bytes key(Text text) {
        return keys.ofText(text.accountId(), text.meterId(), text.month(), text.text());
    }

    private Shelf shelf(Instant storedAt) {
        return Shelf.over(storedAt.toEpochMilli(), horizonMillis);
    }

    /** @param offset where it stands */
    record LastCorrection(long offset, boolean isVoid) {}

    /** A text that is counted once in a calendar month of its account's. */
    record Text(String accountId, Zone zone, String meterId, YearMonth month, String text) {

        static Text of(KnownAccount account, String meterId, Instant occurredAt, String text) {
            return of(account.accountId(), account.zone(), meterId, occurredAt, text);
        }

        private static Text of(String accountId, Zone zone, String meterId, Instant occurredAt, String text) {
            return new Text(accountId, zone, meterId, zone.monthOf(occurredAt), text);
        }

        static @Nullable Text of(UsageAccepted usage) {
            return usage.getText() == null
                    ? null
                    : of(
                            usage.getAccountId(),
                            UsageRecords.zone(usage),
                            usage.getMeterId(),
                            usage.getOccurredAt(),
                            usage.getText());
        }

        static @Nullable Text of(UsageCorrected corrected) {
            var voided = corrected.getVoided();
            return voided == null
                    ? null
                    : of(
                            corrected.getAccountId(),
                            UsageRecords.zone(corrected),
                            corrected.getMeterId(),
                            voided.getOccurredAt(),
                            voided.getText());
        }

        /** All states under the end of the month: usage may come until long after it. */
        private Shelf shelf() {
            return Shelf.at(zone.endOf(month).toEpochMilli());
        }
    }
}
