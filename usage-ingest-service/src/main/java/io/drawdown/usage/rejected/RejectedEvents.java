package io.drawdown.usage.rejected;

import io.drawdown.support.page.Page;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and keeps table {@code rejected_event}. */
final class RejectedEvents {

    /** Of the originals of one page, and what was sent beside them: behind so much, the next page begins. */
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private static final String SELECT = """
            select source_partition, source_offset, sequence, reason, detail, event_id, event_source, event_type, subject,
                   arrived_at, rejected_at, %s as original_key, original_value, %s as sent, replays, replayed_at, replayed_by
              from rejected_event
            """;

    private static final String SELECT_TO_SEE = SELECT.formatted("original_key", "sent");

    /** Without what nobody looks at. */
    private static final String SELECT_TO_REPLAY = SELECT.formatted("null::bytea", "null::bytea");

    /** Each row with how many were found, of which it leaves out what stands behind a page's bytes. */
    private static final String PAGE = """
            select * from (
              select *, count(*) over () as found,
                     sum(coalesce(octet_length(original_key), 0) + coalesce(octet_length(original_value), 0)
                             + coalesce(octet_length(sent), 0))
                         over (order by sequence desc rows between unbounded preceding and 1 preceding) as bytes_before
                from (%s
                       where (:reason::text is null or reason = :reason)
                         and (:source::text is null or event_source = :source)
                         and (:id::text is null or event_id = :id)
                         and (:subject::text is null or subject = :subject)
                         and (:before::bigint is null or sequence < :before)
                       order by sequence desc
                       limit :rows) as newest) as page
             where coalesce(bytes_before, 0) < :bytes
             order by sequence desc
            """.formatted(SELECT_TO_SEE);

    /** The oldest first; likewise without what stands behind a page's bytes. */
    private static final String PARKED = """
            select * from (
              select *, sum(octet_length(original_value))
                            over (order by sequence rows between unbounded preceding and 1 preceding) as bytes_before
                from (%s
                       where parked and subject = :subject
                       order by sequence
                       limit :rows) as oldest) as page
             where coalesce(bytes_before, 0) < :bytes
             order by sequence
            """.formatted(SELECT_TO_REPLAY);

    private final JdbcClient jdbc;

    RejectedEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest refusals first, at most {@code limit}, and fewer where their originals are large; older than {@code before} in the
     * order of arrival.
     */
    Page<RejectedEvent> find(Filter filter, @Nullable Long before, int limit) {
        var rows = jdbc.sql(PAGE)
                .param("reason", filter.reason())
                .param("source", filter.source())
                .param("id", filter.id())
                .param("subject", filter.subject())
                .param("before", before)
                .param("rows", limit + 1)
                .param("bytes", PAGE_BYTES)
                .query((row, number) -> new Found(row(row, number), row.getInt("found")))
                .list();
        var events = rows.stream().limit(limit).map(Found::event).toList();
        var hasMore = !rows.isEmpty() && events.size() < rows.getFirst().inAll();
        return new Page<>(events, hasMore ? Long.toString(events.getLast().sequence()) : null);
    }

    Optional<RejectedEvent> find(RejectedId id) {
        return jdbc.sql(SELECT_TO_SEE + " where source_partition = ? and source_offset = ?")
                .params(id.position().partition(), id.position().offset())
                .query(RejectedEvents::row)
                .optional();
    }

    /** Notes that the original was sent again, and by whom. */
    void replayed(RejectedId id, String by, Instant at) {
        jdbc.sql("""
                update rejected_event set replays = replays + 1, replayed_by = ?, replayed_at = ?, parked = false
                 where source_partition = ? and source_offset = ?
                """)
                .params(
                        by,
                        Timestamp.from(at),
                        id.position().partition(),
                        id.position().offset())
                .update();
    }

    /** The subjects that events wait for, in the order of their texts, at most {@code rows}, behind {@code after}. */
    List<String> parkedSubjects(String after, int rows) {
        // One step along the index for each subject, however many events wait for it.
        return jdbc.sql("""
                        with recursive waiting as (
                          (select subject from rejected_event where parked and subject > :after order by subject limit 1)
                          union all
                          select (select subject from rejected_event
                                   where parked and subject > waiting.subject order by subject limit 1)
                            from waiting where waiting.subject is not null)
                        select subject from waiting where subject is not null limit :rows
                        """)
                .param("after", after)
                .param("rows", rows)
                .query((row, _) -> row.getString("subject"))
                .list();
    }

    /** What waits for a subject, the oldest first, at most {@code rows}, and fewer where they are large. */
    List<RejectedEvent> parked(String subject, int rows) {
        return jdbc.sql(PARKED)
                .param("subject", subject)
                .param("rows", rows)
                .param("bytes", PAGE_BYTES)
                .query(RejectedEvents::row)
                .list();
    }

    /** From now on somebody has to look at it, and sees what it is refused for now. */
    void unpark(RejectedId id, Verdict.Refused refusal) {
        jdbc.sql("""
                update rejected_event set parked = false, reason = ?, detail = ?
                 where source_partition = ? and source_offset = ?
                """)
                .params(
                        refusal.reason().code(),
                        refusal.detail().replace('\0', '\uFFFD'),
                        id.position().partition(),
                        id.position().offset())
                .update();
    }

    /** From now on somebody has to look at it. */
    void unpark(RejectedId id) {
        jdbc.sql("update rejected_event set parked = false where source_partition = ? and source_offset = ?")
                .params(id.position().partition(), id.position().offset())
                .update();
    }

    /** Drops what was refused before an instant, at most {@code rows} at once so that no lock is held long. */
    int dropBefore(Instant instant, int rows) {
        return jdbc.sql("""
                delete from rejected_event
                 where (source_partition, source_offset) in (
                       select source_partition, source_offset from rejected_event
                        where rejected_at < ? order by rejected_at limit ?)
                """).params(Timestamp.from(instant), rows).update();
    }

    private static RejectedEvent row(ResultSet row, int number) throws SQLException {
        return new RejectedEvent(
                new RejectedId(new Position(row.getInt("source_partition"), row.getLong("source_offset"))),
                row.getLong("sequence"),
                row.getString("reason"),
                row.getString("detail"),
                row.getString("event_id"),
                row.getString("event_source"),
                row.getString("event_type"),
                row.getString("subject"),
                instant(row, "arrived_at"),
                instant(row, "rejected_at"),
                row.getBytes("original_key"),
                row.getBytes("original_value"),
                row.getBytes("sent"),
                row.getInt("replays"),
                row.getTimestamp("replayed_at") == null ? null : instant(row, "replayed_at"),
                row.getString("replayed_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant();
    }

    /** @param inAll how many were found with it, and left out or not */
    private record Found(RejectedEvent event, int inAll) {}

    /** What is looked for; null means any. */
    record Filter(
            @Nullable String reason,
            @Nullable String source,
            @Nullable String id,
            @Nullable String subject) {}
}
