package io.drawdown.billing.arrears;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A meter event as the API shows it.
 *
 * @param hour start of the hour, in UTC, in which all of it occurred
 * @param occurredAt when the latest of it occurred
 * @param quantity less than nothing where usage is taken back
 * @param usageEvents how many usage events are in it, less those that it takes back
 * @param identifier by which Stripe knows it
 * @param lastError why it waits, was refused or is irrevocable
 * @param withdrawnAt since when its usage counts no more, because it was corrected
 * @param replaces the id of the meter event in whose place it is sent
 */
record MeterEventView(
        long id,
        String accountId,
        String meterId,
        Instant hour,
        Instant occurredAt,
        String quantity,
        long usageEvents,
        State state,
        String identifier,
        @Nullable String customerId,
        Instant openedAt,
        int failedAttempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError,
        @Nullable Instant withdrawnAt,
        @Nullable Long replaces) {

    static MeterEventView of(MeterEvent event) {
        return new MeterEventView(
                event.id(),
                event.accountId(),
                event.meterId(),
                event.hour(),
                event.occurredAt(),
                ComparisonView.numeral(event.quantity()),
                event.usageEvents(),
                event.state(),
                event.identifier(),
                event.customerId(),
                event.openedAt(),
                event.attempts(),
                event.nextAttemptAt(),
                event.lastError(),
                event.withdrawnAt(),
                event.replaces());
    }
}
