package io.drawdown.billing.webhook;

import io.drawdown.billing.domain.ObjectRef;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code stripe_event}. */
@Repository
class TakenEvents {

    private final JdbcClient jdbc;

    TakenEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an event and answers whether it is new; a transaction that is taking the same one is waited for. */
    boolean add(Taken event, Instant now) {
        var object = event.object();
        return jdbc.sql("""
                insert into stripe_event
                    (event_id, event_type, object_kind, object_id, source, created_at, received_at, taken_at)
                values (:id, :type, :kind, :object, :source, :created, :received, :taken)
                on conflict do nothing""")
                        .param("id", event.eventId())
                        .param("type", event.type())
                        .param("kind", object == null ? null : object.kind().name())
                        .param("object", object == null ? null : object.id())
                        .param("source", event.source().name())
                        .param("created", Timestamp.from(event.createdAt()))
                        .param("received", Timestamp.from(event.receivedAt()))
                        .param("taken", Timestamp.from(now))
                        .update()
                == 1;
    }

    void removeBefore(Instant instant) {
        jdbc.sql("delete from stripe_event where taken_at < ?")
                .params(Timestamp.from(instant))
                .update();
    }

    /** @param object what is fetched because of it; null if nothing is */
    record Taken(
            String eventId,
            String type,
            @Nullable ObjectRef object,
            Source source,
            Instant createdAt,
            Instant receivedAt) {}
}
