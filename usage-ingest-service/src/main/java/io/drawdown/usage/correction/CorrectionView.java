package io.drawdown.usage.correction;

import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.Measure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A correction as it stands.
 *
 * @param id names it in a path
 * @param status {@code pending} until the gate has decided, then {@code corrected} or {@code refused}
 * @param accountId whose usage it is
 * @param source of the event that it corrects
 * @param usageId of the event that it corrects
 * @param replacement what was asked for; null to void
 * @param requestedAt when it was asked for over HTTP; null when it came over Kafka
 * @param outcome what was corrected; null unless it was
 * @param refusal why not; null unless it was refused
 */
record CorrectionView(
        String id,
        String status,
        @Nullable String accountId,
        @Nullable String source,
        @Nullable String usageId,
        @Nullable Replacement replacement,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable Instant requestedAt,
        @Nullable Outcome outcome,
        @Nullable Refusal refusal) {

    static final String PENDING = "pending";
    private static final String CORRECTED = "corrected";
    private static final String REFUSED = "refused";

    static CorrectionView of(
            String id,
            CorrectionTable.@Nullable Requested requested,
            CorrectionTable.@Nullable Applied applied,
            @Nullable Refusal refusal) {
        if (applied != null) {
            return new CorrectionView(
                    id,
                    CORRECTED,
                    applied.accountId(),
                    applied.usageSource(),
                    applied.usageId(),
                    requested == null ? null : requested.replacement(),
                    applied.reason(),
                    applied.requestedBy(),
                    requested == null ? null : requested.requestedAt(),
                    applied.outcome(),
                    null);
        }
        var status = refusal == null ? PENDING : REFUSED;
        return requested == null
                ? new CorrectionView(id, status, null, null, null, null, null, null, null, null, refusal)
                : new CorrectionView(
                        id,
                        status,
                        requested.accountId(),
                        requested.usageSource(),
                        requested.usageId(),
                        requested.replacement(),
                        requested.reason(),
                        requested.requestedBy(),
                        requested.requestedAt(),
                        null,
                        refusal);
    }

    /**
     * What changed.
     *
     * @param after null: the usage is void
     * @param text of a meter that counts unique texts, the one whose usage is void; before and after then tell what stands
     *     for it, which changes only with its last usage
     * @param sourcePartition of usage.events.v1, where the request stands
     */
    record Outcome(
            String meterId,
            Measure before,
            @Nullable Measure after,
            @Nullable String text,
            Instant acceptedAt,
            int sourcePartition,
            long sourceOffset) {}

    /**
     * Why nothing changed.
     *
     * @param reason machine-readable, such as {@code unknown-usage}
     * @param rejectedId names the refusal under {@code /v1/rejected-events}
     */
    record Refusal(String reason, String detail, Instant rejectedAt, String rejectedId) {}
}
