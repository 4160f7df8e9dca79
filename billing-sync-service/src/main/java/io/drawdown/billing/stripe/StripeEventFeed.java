package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import com.stripe.service.EventService;
import io.drawdown.billing.sync.EventFeed;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link EventFeed} on Stripe. */
@Component
class StripeEventFeed implements EventFeed {

    private final EventService events;
    private final StripeCalls calls;

    StripeEventFeed(StripeClient client, StripeCalls calls) {
        this.events = client.v1().events();
        this.calls = calls;
    }

    @Override
    public void visitSince(Instant since, Consumer<ListedEvent> visitor) {
        Pages.walk(calls, id -> events.list(pageOf(since, id)), event -> {
            visitor.accept(toListed(event));
            return true;
        });
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
