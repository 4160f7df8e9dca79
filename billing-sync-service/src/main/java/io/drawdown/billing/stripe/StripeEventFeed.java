package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import com.stripe.service.EventService;
import io.drawdown.billing.sync.EventFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@link EventFeed} on Stripe; the SDK follows the pages. */
@Component
class StripeEventFeed implements EventFeed {

    private static final long PAGE = 100;

    private final EventService events;
    private final StripeCalls calls;

    StripeEventFeed(StripeClient client, StripeCalls calls) {
        this.events = client.v1().events();
        this.calls = calls;
    }

    @Override
    public List<ListedEvent> since(Instant since) {
        var query = EventListParams.builder()
                .setCreated(EventListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .setLimit(PAGE)
                .build();
        return calls.read(() -> {
            var newestFirst = new ArrayList<ListedEvent>();
            events.list(query).autoPagingIterable().forEach(event -> newestFirst.add(toListed(event)));
            return newestFirst.reversed();
        });
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
