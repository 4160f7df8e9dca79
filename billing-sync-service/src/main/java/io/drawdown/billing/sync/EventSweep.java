package io.drawdown.billing.sync;

import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.sync.EventFeed.ListedEvent;
import io.drawdown.billing.webhook.EventInbox;
import io.drawdown.billing.work.SyncRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Fetches the events that webhooks missed, from the latest that a sweep was shown, and hands them to the path that webhooks
 * take. An event that was delivered as well is known by its id and does nothing. The position is a time of Stripe's, so
 * that a clock of ours that is ahead skips nothing.
 */
@Component
class EventSweep {

    static final String RUN = "events";

    /** Longer than Stripe lists or repeats an event; one that came again later would be fetched for nothing. */
    private static final Duration MEMORY = Duration.ofDays(40);

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
            var missed = new AtomicInteger();
            var latest = new AtomicReference<@Nullable Instant>();
            feed.visitSince(from(begun), event -> {
                missed.addAndGet(take(event));
                latest.accumulateAndGet(event.createdAt(), EventSweep::later);
            });
            runs.finished(RUN, latest.get(), missed.get(), clock.instant());
            inbox.forgetTakenBefore(begun.minus(MEMORY));
        } catch (StripeFailure e) {
            runs.failed(RUN, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant later(@Nullable Instant known, @Nullable Instant other) {
        return known == null || (other != null && other.isAfter(known)) ? other : known;
    }

    private Instant from(Instant now) {
        return runs.position(RUN)
                .map(position -> position.minus(properties.sweepOverlap()))
                .orElse(now.minus(properties.sweepLookBack()));
    }

    private int take(ListedEvent event) {
        var isNew =
                inbox.takeListed(event.eventId(), event.type(), event.livemode(), event.createdAt(), event.dataJson());
        return isNew ? 1 : 0;
    }
}
