package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.events.V1BillingMeterErrorReportTriggeredEvent;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import com.stripe.service.EventService;
import io.drawdown.billing.arrears.MeterErrorReports;
import io.drawdown.billing.sync.EventFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link EventFeed} on Stripe. */
@Component
class StripeEventFeed implements EventFeed {

    private static final com.stripe.param.v2.core.EventListParams REPORTS =
            com.stripe.param.v2.core.EventListParams.builder()
                    .addAllType(MeterErrorReports.TYPES)
                    .setLimit(Pages.SIZE)
                    .build();

    private final EventService events;
    private final com.stripe.service.v2.core.EventService thinEvents;
    private final StripeCalls calls;

    StripeEventFeed(StripeClient client, StripeCalls calls) {
        this.events = client.v1().events();
        this.thinEvents = client.v2().core().events();
        this.calls = calls;
    }

    @Override
    public void visitSince(Instant since, Consumer<ListedEvent> visitor) {
        Pages.walk(calls, id -> events.list(pageOf(since, id)), event -> {
            visitor.accept(toListed(event));
            return true;
        });
    }

    /**
     * There are few, for Stripe collects what is wrong with a meter's events into one report after the other. So all that it keeps
     * are listed: its description and its SDK disagree on how to ask for a time.
     */
    @Override
    public void visitMeterReportsSince(Instant since, Consumer<ListedReport> visitor) {
        var reports = calls.read(() -> {
            var all = new ArrayList<ListedReport>();
            thinEvents.list(REPORTS).autoPagingIterable().forEach(event -> all.add(toReport(event)));
            return all;
        });
        reports.stream().filter(report -> !report.createdAt().isBefore(since)).forEach(visitor);
    }

    private static ListedReport toReport(com.stripe.model.v2.core.Event event) {
        var meter = event instanceof V1BillingMeterErrorReportTriggeredEvent report ? report.getRelatedObject() : null;
        return new ListedReport(
                event.getId(),
                event.getType(),
                Boolean.TRUE.equals(event.getLivemode()),
                event.getCreated(),
                meter == null ? null : meter.getId());
    }

    private static EventListParams pageOf(Instant since, @Nullable String after) {
        return EventListParams.builder()
                .setCreated(EventListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    private static ListedEvent toListed(Event event) {
        return new ListedEvent(
                event.getId(),
                event.getType(),
                Boolean.TRUE.equals(event.getLivemode()),
                Instant.ofEpochSecond(event.getCreated()),
                event.getDataObjectDeserializer().getRawJson());
    }
}
