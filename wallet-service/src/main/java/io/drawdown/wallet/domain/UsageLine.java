package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One usage event and what it costs.
 *
 * @param source who reported it
 * @param id the report's id within its source
 * @param quantity how much was used, in the meter's unit; not negative
 * @param amount its cost, unrounded; not negative
 * @param occurredAt when it happened, by the reporter's account
 * @param runningTotal of its period, with it; absent where each event has a cost of its own
 * @param traceId W3C trace id of the request that brought it, where there was one
 */
public record UsageLine(
        String source,
        String id,
        String meterId,
        String priceId,
        BigDecimal quantity,
        Money amount,
        Instant occurredAt,
        @Nullable BigDecimal runningTotal,
        @Nullable String traceId) {

    /** Usage that has a cost of its own. */
    public UsageLine(
            String source,
            String id,
            String meterId,
            String priceId,
            BigDecimal quantity,
            Money amount,
            Instant occurredAt,
            @Nullable String traceId) {
        this(source, id, meterId, priceId, quantity, amount, occurredAt, null, traceId);
    }

    public UsageLine {
        if (amount.isNegative() || quantity.signum() < 0) {
            throw new IllegalArgumentException("Usage " + source + "/" + id + " is negative (" + quantity + ", "
                    + amount + "); corrections are entries of their own, not negative usage");
        }
    }
}
