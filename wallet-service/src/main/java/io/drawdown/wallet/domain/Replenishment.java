package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * How a wallet tops itself up, and what has come of it. Decides purely whether it is time to ask.
 *
 * @param pending the one top-up under way
 * @param requests how many have ever been asked for
 * @param failuresInRow failed top-ups since the last paid one
 * @param nextAttemptAt none is asked for before this instant; absent when the last one was paid
 */
public record Replenishment(
        ReplenishmentPolicy policy,
        @Nullable PendingReplenishment pending,
        long requests,
        int failuresInRow,
        @Nullable Instant nextAttemptAt) {

    static Replenishment none(Currency currency) {
        var zero = Money.zero(currency);
        return new Replenishment(new ReplenishmentPolicy(false, zero, zero), null, 0, 0, null);
    }

    /** Below the threshold, switched on, none pending, and the back-off of the last failure has passed. */
    boolean isDue(Money available, Instant at) {
        return pending == null && (nextAttemptAt == null || !at.isBefore(nextAttemptAt)) && policy.asksFor(available);
    }

    boolean isPending(@Nullable ReplenishmentId id) {
        return pending != null && pending.id().equals(id);
    }

    Replenishment with(ReplenishmentPolicy newPolicy) {
        return new Replenishment(newPolicy, pending, requests, failuresInRow, nextAttemptAt);
    }

    Replenishment requested(ReplenishRequested event) {
        var asked = new PendingReplenishment(
                event.replenishmentId(), event.amount(), event.header().recordedAt());
        return new Replenishment(policy, asked, requests + 1, failuresInRow, nextAttemptAt);
    }

    Replenishment settled(ReplenishSettled event) {
        return switch (event.outcome()) {
            case PAID -> new Replenishment(policy, null, requests, 0, null);
            case FAILED -> new Replenishment(policy, null, requests, failuresInRow + 1, event.nextAttemptAt());
        };
    }
}
