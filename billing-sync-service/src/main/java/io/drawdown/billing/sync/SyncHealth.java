package io.drawdown.billing.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well Drawdown and Stripe agree.
 *
 * @param lastWebhookAt when the newest webhook arrived; absent before the first
 * @param webhookAgeSeconds how long ago that was
 * @param eventsSwept how the sweep for missed events goes
 * @param meterReportsSwept the same for missed reports on meter events
 * @param catalogCompared how the comparison of the catalogue goes
 * @param refreshes objects that may have changed and are still to be fetched
 * @param accountsWithoutCustomer accounts that Stripe is still to hear of
 * @param replenishments charges that have not ended
 * @param replenishmentsByStage the same, by how far they have come
 * @param meterEvents usage in arrears that Stripe is still to get
 * @param meterEventsStopped what of it Stripe refused, is uncertain or cannot be corrected there: somebody must decide
 * @param unreadable charges and refreshes that a newer version stored in a way that this one cannot read
 * @param parked what waits for somebody or for another try, and why; what is tried next first, at most a hundred
 */
record SyncHealth(
        @Nullable Instant lastWebhookAt,
        @Nullable Long webhookAgeSeconds,
        @Nullable Run eventsSwept,
        @Nullable Run meterReportsSwept,
        @Nullable Run catalogCompared,
        Backlog refreshes,
        Backlog accountsWithoutCustomer,
        Backlog replenishments,
        List<StageBacklog> replenishmentsByStage,
        Backlog meterEvents,
        Backlog meterEventsStopped,
        Backlog unreadable,
        List<Parked> parked) {

    SyncHealth {
        replenishmentsByStage = List.copyOf(replenishmentsByStage);
        parked = List.copyOf(parked);
    }

    /**
     * A periodic comparison.
     *
     * @param finishedAt when it last succeeded
     * @param ageSeconds how long ago that was
     * @param found how many differences it found then
     * @param lastError why it has not succeeded since
     */
    record Run(
            @Nullable Instant finishedAt,
            @Nullable Long ageSeconds,
            int found,
            @Nullable String lastError) {}

    /** @param oldest since when the longest waiting waits */
    record Backlog(long waiting, @Nullable Instant oldest) {}

    /** @param oldest since when the longest waiting waits */
    record StageBacklog(
            String stage, long waiting, @Nullable Instant oldest) {}

    /**
     * Something that is looked at again by itself, or sooner when asked to by its kind and id.
     *
     * @param kind account, replenishment, meter-event, or the kind of a Stripe object
     * @param failedAttempts in a row; none where it only waits for somebody
     * @param reason why it has not gone on
     */
    record Parked(String kind, String id, int failedAttempts, Instant nextAttemptAt, String reason) {}
}
