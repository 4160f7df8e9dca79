package io.drawdown.usage.totals;

import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What is kept of a usage event whose meter's total is one of its values: without all else that its sender has put into it.
 *
 * @param partition where it stands in usage.events.v1
 * @param offset likewise
 * @param dimensions those that are kept apart
 */
record CountedValue(
        int partition,
        long offset,
        String accountId,
        String meterId,
        Instant occurredAt,
        SortedMap<String, String> dimensions,
        BigDecimal value) {

    static CountedValue of(UsageAccepted usage, SortedMap<String, String> dimensions) {
        return new CountedValue(
                usage.getSourcePartition(),
                usage.getSourceOffset(),
                usage.getAccountId(),
                usage.getMeterId(),
                usage.getOccurredAt(),
                dimensions,
                new BigDecimal(usage.getValue()));
    }
}
