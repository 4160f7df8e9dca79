package io.drawdown.billing.sync;

import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.sync.EventFeed.ListedEvent;
import io.drawdown.billing.webhook.EventInbox;
import io.drawdown.billing.work.SyncRuns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Fetches the events that webhooks missed, from where the last sweep began, and hands them to the path that webhooks
 * take. An event that was delivered as well is known by its id and does nothing.
 */
@Component
class EventSweep {

    static final String RUN = "events";

    private final EventFeed feed;
    private final EventInbox inbox;
    private final SyncRuns runs;
    private final SyncProperties properties;
    private final Clock clock;

    EventSweep(EventFeed feed, EventInbox inbox, SyncRuns runs, SyncProperties properties, Clock clock) {
        this.feed = feed;
        this.inbox = inbox;
        this.runs = runs;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${drawdown.sync.sweep-interval:1m}")
    void sweep() {
        var begun = clock.instant();
        try {
            var missed = takeAll(feed.since(from(begun)));
            runs.finished(RUN, begun, missed, clock.instant());
        } catch (StripeFailure e) {
            runs.failed(RUN, String.valueOf(e.getMessage()));
        }
    }

    private Instant from(Instant now) {
        return runs.position(RUN)
                .map(position -> position.minus(properties.sweepOverlap()))
                .orElse(now.minus(properties.sweepLookBack()));
    }

    private int takeAll(List<ListedEvent> events) {
        return Math.toIntExact(events.stream().filter(this::take).count());
    }

    private boolean take(ListedEvent event) {
        return inbox.takeListed(event.eventId(), event.type(), event.livemode(), event.createdAt(), event.dataJson());
    }
}
