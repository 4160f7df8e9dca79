package io.drawdown.billing.sync;

import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.sync.EventFeed.ListedEvent;
import io.drawdown.billing.sync.EventFeed.ListedReport;
import io.drawdown.billing.webhook.EventInbox;
import io.drawdown.billing.work.SyncRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    static final String REPORTS_RUN = "meter-reports";

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
        sweep(RUN, (since, missed) -> feed.visitSince(since, event -> missed.add(event.createdAt(), take(event))));
        sweep(
                REPORTS_RUN,
                (since, missed) ->
                        feed.visitMeterReportsSince(since, report -> missed.add(report.createdAt(), take(report))));
        inbox.forgetTakenBefore(begun.minus(MEMORY));
    }

    private void sweep(String run, Sweeping sweeping) {
        try {
            var missed = new Missed();
            sweeping.sweep(from(run, clock.instant()), missed);
            runs.finished(run, missed.latest, missed.count, clock.instant());
        } catch (StripeFailure e) {
            runs.failed(run, String.valueOf(e.getMessage()));
        }
    }

    /** Takes all that was listed since then. */
    private interface Sweeping {
        void sweep(Instant since, Missed missed);
    }

    /** What a sweep has found, and up to when it was shown events. */
    private static final class Missed {

        private int count;
        private @Nullable Instant latest;

        private void add(Instant createdAt, boolean isNew) {
            count += isNew ? 1 : 0;
            latest = latest == null || createdAt.isAfter(latest) ? createdAt : latest;
        }
    }

    private Instant from(String run, Instant now) {
        return runs.position(run)
                .map(position -> position.minus(properties.sweepOverlap()))
                .orElse(now.minus(properties.sweepLookBack()));
    }

    private boolean take(ListedEvent event) {
        return inbox.takeListed(event.eventId(), event.type(), event.livemode(), event.createdAt(), event.dataJson());
    }

    private boolean take(ListedReport report) {
        return inbox.takeListedReport(
                report.eventId(), report.type(), report.livemode(), report.createdAt(), report.meterId());
    }
}
