package io.drawdown.billing.sync;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stripe's own list of what happened, kept for thirty days. */
public interface EventFeed {

    /**
     * Shows every event since then, a page at a time, in no order to rely on.
     *
     * @param since inclusive, to the second
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe does not answer; some may have been shown by then
     */
    void visitSince(Instant since, Consumer<ListedEvent> visitor);

    /**
     * Shows every report on meter events since then, in no order to rely on: these are thin events, which stand on a list of
     * their own.
     *
     * @param since inclusive
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe does not answer; some may have been shown by then
     */
    void visitMeterReportsSince(Instant since, Consumer<ListedReport> visitor);

    /**
     * A report on meter events.
     *
     * @param meterId the meter it is about; null when there is none
     */
    record ListedReport(
            String eventId,
            String type,
            boolean livemode,
            Instant createdAt,
            @Nullable String meterId) {}

    /**
     * One event.
     *
     * @param dataJson the value of its {@code data.object} as JSON
     */
    record ListedEvent(String eventId, String type, boolean livemode, Instant createdAt, String dataJson) {}
}
