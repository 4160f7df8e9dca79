package io.drawdown.billing.sync;

import java.time.Instant;
import java.util.List;

/** Stripe's own list of what happened, kept for thirty days. */
public interface EventFeed {

    /**
     * Lists every event since then, oldest first.
     *
     * @param since inclusive, to the second
     * @throws io.drawdown.billing.domain.StripeFailure if Stripe does not answer
     */
    List<ListedEvent> since(Instant since);

    /**
     * One event.
     *
     * @param dataJson the value of its {@code data.object} as JSON
     */
    record ListedEvent(String eventId, String type, boolean livemode, Instant createdAt, String dataJson) {}
}
