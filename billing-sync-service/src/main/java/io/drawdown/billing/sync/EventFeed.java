package io.drawdown.billing.sync;

import java.time.Instant;
import java.util.function.Consumer;

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
     * One event.
     *
     * @param dataJson the value of its {@code data.object} as JSON
     */
    record ListedEvent(String eventId, String type, boolean livemode, Instant createdAt, String dataJson) {}
}
