package io.drawdown.wallet.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-up that has been asked for and has not ended.
 *
 * @param manual whether somebody asked for it, and not the wallet by itself
 * @param scheduledFor the instant of the regular top-up that it is; absent for any other
 * @param awaiting that the customer was asked to confirm its payment, whatever has come of that; absent where nobody was
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
}
