package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One usage event that the wallet does not pay for. It has no price here: Stripe rates it.
 *
 * @param source who reported it
 * @param id the report's id within its source
 * @param quantity how much was used, in the meter's unit; not negative
 * @param occurredAt when it happened, by the reporter's account
 * @param traceId W3C trace id of the request that brought it, where there was one
 */
public record LeftUsage(
        String source,
        String id,
        String meterId,
        BigDecimal quantity,
        Instant occurredAt,
        @Nullable String traceId) {

    static LeftUsage of(UsageLine line) {
        return new LeftUsage(
                line.source(), line.id(), line.meterId(), line.quantity(), line.occurredAt(), line.traceId());
    }
}
