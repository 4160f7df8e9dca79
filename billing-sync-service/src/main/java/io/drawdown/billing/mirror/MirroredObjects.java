package io.drawdown.billing.mirror;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code mirrored_object}. */
@Repository
class MirroredObjects {

    private final JdbcClient jdbc;

    MirroredObjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes sure there is a row to lock; to be committed before {@link #lock}. */
    void ensureRow(ObjectRef object) {
        jdbc.sql("insert into mirrored_object (object_id, object_kind) values (?, ?) on conflict do nothing")
                .params(object.id(), object.kind().name())
                .update();
    }

    /** Takes the row for the rest of the transaction; empty if somebody else is at it. */
    Optional<Locked> lock(ObjectRef object) {
        return jdbc.sql("select content, seen_at from mirrored_object where object_id = ? for update skip locked")
                .params(object.id())
                .query(MirroredObjects::toLocked)
                .optional();
    }

    private static Locked toLocked(ResultSet row, int rowNumber) throws SQLException {
        var seenAt = row.getTimestamp("seen_at");
        return new Locked(row.getBytes("content"), seenAt == null ? null : seenAt.toInstant());
    }

    void store(ObjectRef object, Observation observation, byte[] content, boolean gone, Instant seenAt) {
        jdbc.sql("""
                update mirrored_object set content = :content, customer_id = :customer, account_id = :account,
                    gone = :gone, seen_at = :seen
                where object_id = :id""")
                .param("content", content)
                .param("customer", observation.customerId())
                .param("account", observation.accountId())
                .param("gone", gone)
                .param("seen", Timestamp.from(seenAt))
                .param("id", object.id())
                .update();
    }

    /** What was last published of an object. */
    Optional<byte[]> content(String objectId) {
        return jdbc.sql("select content from mirrored_object where object_id = ? and content is not null")
                .params(objectId)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /** The ids of everything of that kind that has been published and was there when last looked for. */
    List<String> published(ObjectKind kind) {
        return jdbc.sql("select object_id from mirrored_object where object_kind = ? and content is not null"
                        + " and not gone")
                .params(kind.name())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /**
     * An object's row.
     *
     * @param content what was last published, or null if nothing ever was
     * @param seenAt when that was last seen in Stripe, or null if it never was
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, compared by Arrays.equals, never by the record.
    record Locked(byte @Nullable [] content, @Nullable Instant seenAt) {

        private static final Duration STEP = Duration.ofMillis(1);

        /** Later than the last time by a millisecond at least, whatever our clocks say: readers order states by it. */
        Instant nextSeenAt(Instant now) {
            var earliest = seenAt == null ? now : seenAt.plus(STEP);
            return now.isAfter(earliest) ? now : earliest;
        }
    }
}
