package io.drawdown.billing.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well Drawdown and Stripe agree.
 *
 * @param lastWebhookAt when the newest webhook arrived; absent before the first
 * @param eventsSwept how the sweep for missed events goes
 * @param catalogCompared how the comparison of the catalogue goes
 * @param refreshes objects that may have changed and are still to be fetched
 * @param accountsWithoutCustomer accounts that Stripe is still to hear of
 * @param replenishments charges that have not ended
 * @param errors what hinders any of these, newest first, at most twenty
 */
record SyncHealth(
        @Nullable Instant lastWebhookAt,
        @Nullable Run eventsSwept,
        @Nullable Run catalogCompared,
        Backlog refreshes,
        Backlog accountsWithoutCustomer,
        Backlog replenishments,
        List<Trouble> errors) {

    SyncHealth {
        errors = List.copyOf(errors);
    }

    /**
     * A periodic comparison.
     *
     * @param finishedAt when it last succeeded
     * @param found how many differences it found then
     * @param lastError why it has not succeeded since
     */
    record Run(
            @Nullable Instant finishedAt,
            int found,
            @Nullable String lastError) {}

    /** @param oldest since when the longest waiting waits */
    record Backlog(long waiting, @Nullable Instant oldest) {}

    /** Something that was tried and failed, and will be tried again. */
    record Trouble(String kind, String id, int failedAttempts, Instant nextAttemptAt, String error) {}
}
