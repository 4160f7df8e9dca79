package io.drawdown.wallet.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-up that has been asked for and has not ended.
 *
 * @param manual whether somebody asked for it, and not the wallet by itself
 * @param scheduledFor the instant of the regular top-up that it is; absent for any other
 * @param awaiting that the customer has to confirm its payment; absent as long as nobody has asked for that
 */
public record PendingReplenishment(
        ReplenishmentId id,
        Money amount,
        Instant requestedAt,
        boolean manual,
        @Nullable Instant scheduledFor,
        @Nullable CustomerWait awaiting) {

    PendingReplenishment awaiting(CustomerWait wait) {
        return new PendingReplenishment(id, amount, requestedAt, manual, scheduledFor, wait);
    }

    /** Whether it is known to wait since then, or since later: what is told again need not be told on. */
    boolean awaitsSince(Instant since) {
        return awaiting != null && !awaiting.since().isBefore(since);
    }
}
