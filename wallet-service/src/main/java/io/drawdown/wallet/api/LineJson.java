package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.LeftUsage;
import io.drawdown.wallet.domain.UsageLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A usage event and what it cost, unrounded.
 *
 * @param runningTotal of its month, with it; absent where each event has a cost of its own
 */
@JsonInclude(Include.NON_NULL)
record LineJson(
        String source,
        String id,
        String meterId,
        @Nullable String priceId,
        String quantity,
        @Nullable MoneyJson amount,
        Instant occurredAt,
        @Nullable String runningTotal,
        @Nullable String traceId) {

    /** Without price and amount: Stripe rates it. */
    static LineJson of(LeftUsage line) {
        return new LineJson(
                line.source(),
                line.id(),
                line.meterId(),
                null,
                line.quantity().toPlainString(),
                null,
                line.occurredAt(),
                null,
                line.traceId());
    }

    static LineJson of(UsageLine line) {
        return new LineJson(
                line.source(),
                line.id(),
                line.meterId(),
                line.priceId(),
                line.quantity().toPlainString(),
                MoneyJson.of(line.amount()),
                line.occurredAt(),
                line.runningTotal() == null ? null : line.runningTotal().toPlainString(),
                line.traceId());
    }
}
