package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One accepted usage event.
 *
 * @param sourcePartition with the offset its position in usage.events.v1, which no other usage has
 * @param quantity not negative
 */
record Usage(
        int sourcePartition,
        long sourceOffset,
        AccountId accountId,
        String meterId,
        String source,
        String id,
        BigDecimal quantity,
        Instant occurredAt,
        @Nullable String traceId) {}
