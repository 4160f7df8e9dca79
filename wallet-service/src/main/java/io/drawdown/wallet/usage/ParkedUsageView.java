package io.drawdown.wallet.usage;

import java.time.Instant;

/** Parked usage as the HTTP interface shows it. */
record ParkedUsageView(
        int sourcePartition,
        long sourceOffset,
        String accountId,
        String meterId,
        String source,
        String id,
        String quantity,
        Instant occurredAt,
        String reason,
        String detail,
        Instant parkedAt) {

    static ParkedUsageView of(Usage usage, String reason, String detail, Instant parkedAt) {
        return new ParkedUsageView(
                usage.sourcePartition(),
                usage.sourceOffset(),
                usage.accountId().value(),
                usage.meterId(),
                usage.source(),
                usage.id(),
                usage.quantity().toPlainString(),
                usage.occurredAt(),
                reason,
                detail,
                parkedAt);
    }
}
