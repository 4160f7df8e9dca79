package io.drawdown.wallet.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A parked correction as the HTTP interface shows it.
 *
 * @param quantity what the usage is to count; absent, as {@code occurredAt}, when it is to be void
 */
@JsonInclude(Include.NON_NULL)
record ParkedCorrectionView(
        int sourcePartition,
        long usageOffset,
        String accountId,
        String meterId,
        String source,
        String usageId,
        @Nullable String quantity,
        @Nullable Instant occurredAt,
        String correctionId,
        String requestedBy,
        String correctionReason,
        String reason,
        String detail,
        Instant parkedAt) {

    static ParkedCorrectionView of(ParkedCorrection parked, Instant parkedAt) {
        var corrected = parked.corrected();
        var replacement = corrected.replacement();
        return new ParkedCorrectionView(
                corrected.sourcePartition(),
                corrected.usageOffset(),
                corrected.accountId().value(),
                corrected.meterId(),
                corrected.source(),
                corrected.usageId(),
                replacement == null ? null : replacement.quantity().toPlainString(),
                replacement == null ? null : replacement.occurredAt(),
                corrected.correction().id(),
                corrected.correction().requestedBy(),
                corrected.correction().reason(),
                parked.reason().code(),
                parked.detail(),
                parkedAt);
    }
}
