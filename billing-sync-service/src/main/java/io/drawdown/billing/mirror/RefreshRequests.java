package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code refresh_request}. */
@Repository
class RefreshRequests {

    private static final int MOST_ERROR_CHARACTERS = 500;

    private static final String[] KINDS =
            Stream.of(ObjectKind.values()).map(ObjectKind::name).toArray(String[]::new);

    private final JdbcClient jdbc;

    RefreshRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param urgent whether it comes before those that are not */
    void add(ObjectRef object, boolean urgent, Instant at) {
        jdbc.sql("""
                insert into refresh_request (object_kind, object_id, urgent, requested_at, next_attempt_at)
                values (:kind, :id, :urgent, :at, :at)""")
                .param("kind", object.kind().name())
                .param("id", object.id())
                .param("urgent", urgent)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Asks for everything of a customer that was published without an account. */
    void addUnownedOf(String customerId, Instant at) {
        jdbc.sql("""
                insert into refresh_request (object_kind, object_id, requested_at, next_attempt_at)
                select object_kind, object_id, :at, :at from mirrored_object
                where customer_id = :customer and account_id is null""")
                .param("customer", customerId)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Objects with a due request, longest waiting first; those of a kind that only a newer version knows are left to it. */
    List<ObjectRef> due(Instant now, int limit) {
        return due("", now, limit);
    }

    /** The same, of urgent requests alone. */
    List<ObjectRef> urgent(Instant now, int limit) {
        return due(" and urgent", now, limit);
    }

    private List<ObjectRef> due(String restriction, Instant now, int limit) {
        return jdbc.sql("""
                select object_kind, object_id from refresh_request
                where next_attempt_at <= :now and object_kind = any(:kinds)%s
                group by object_kind, object_id order by min(request_id) limit :limit""".formatted(restriction))
                .param("now", Timestamp.from(now))
                .param("kinds", KINDS)
                .param("limit", limit)
                .query((row, _) -> new ObjectRef(ObjectKind.valueOf(row.getString(1)), row.getString(2)))
                .list();
    }

    /** The due requests for an object; a fetch that begins after this call serves them all. */
    List<Long> dueFor(ObjectRef object, Instant now) {
        return jdbc.sql("select request_id from refresh_request where object_id = :id and next_attempt_at <= :now")
                .param("id", object.id())
                .param("now", Timestamp.from(now))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    void remove(List<Long> requests) {
        jdbc.sql("delete from refresh_request where request_id = any(:requests)")
                .param("requests", requests.toArray(Long[]::new))
                .update();
    }

    int attempts(List<Long> requests) {
        return jdbc.sql("select coalesce(max(attempts), 0) from refresh_request where request_id = any(:requests)")
                .param("requests", requests.toArray(Long[]::new))
                .query(Integer.class)
                .single();
    }

    void postpone(List<Long> requests, Instant from, Duration delay, String error) {
        jdbc.sql("""
                update refresh_request
                set attempts = attempts + 1, next_attempt_at = :next, last_error = left(:error, :most)
                where request_id = any(:requests)""")
                .param("requests", requests.toArray(Long[]::new))
                .param("next", Timestamp.from(from.plus(delay)))
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }
}
