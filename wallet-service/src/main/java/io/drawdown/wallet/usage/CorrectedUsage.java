package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wish that usage which was accepted count otherwise.
 *
 * @param sourcePartition of the usage, and of the correction
 * @param sourceOffset of the correction
 * @param usageOffset of the usage
 * @param source of the usage
 * @param usageId the usage's id within its source
 * @param replacement what counts from now on; absent when the usage is void
 */
record CorrectedUsage(
        int sourcePartition,
        long sourceOffset,
        long usageOffset,
        AccountId accountId,
        String meterId,
        String source,
        String usageId,
        @Nullable Replacement replacement,
        Correction correction) {

    /** The usage that is to count otherwise. */
    SoughtUsage usage() {
        return new SoughtUsage(sourcePartition, usageOffset, new UsageName(source, usageId));
    }

    /** @param quantity not negative */
    record Replacement(BigDecimal quantity, Instant occurredAt) {}
}
