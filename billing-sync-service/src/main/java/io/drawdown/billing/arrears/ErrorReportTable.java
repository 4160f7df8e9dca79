package io.drawdown.billing.arrears;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code meter_error_report}. */
@Repository
class ErrorReportTable {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int MOST_ERROR_CHARACTERS = 500;

    private final JdbcClient jdbc;

    ErrorReportTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(String eventId, String type, @Nullable String meterId, Instant createdAt, Instant now) {
        jdbc.sql("""
                insert into meter_error_report (event_id, type, meter_id, created_at, next_attempt_at)
                values (:id, :type, :meter, :created, :now) on conflict do nothing""")
                .param("id", eventId)
                .param("type", type)
                .param("meter", meterId)
                .param("created", Timestamp.from(createdAt))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Takes one that is to be read; nobody else takes it for a while. */
    Optional<Unread> claim(Instant now) {
        return jdbc.sql("""
                update meter_error_report set next_attempt_at = :until where event_id = (
                    select event_id from meter_error_report where next_attempt_at <= :now
                    order by next_attempt_at limit 1 for update skip locked)
                returning event_id, attempts""")
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(LEASE)))
                .query((row, _) -> new Unread(row.getString(1), row.getInt(2)))
                .optional();
    }

    void done(String eventId, String summary, long errors) {
        jdbc.sql("""
                update meter_error_report set summary = :summary, errors = :errors, next_attempt_at = null,
                    last_error = null
                where event_id = :id""")
                .param("id", eventId)
                .param("summary", summary)
                .param("errors", errors)
                .update();
    }

    void postpone(String eventId, Instant nextAttemptAt, String error) {
        stop(eventId, Timestamp.from(nextAttemptAt), error);
    }

    void giveUp(String eventId, String error) {
        stop(eventId, null, error);
    }

    private void stop(String eventId, @Nullable Timestamp nextAttemptAt, String error) {
        jdbc.sql("""
                update meter_error_report set attempts = attempts + 1, next_attempt_at = :next,
                    last_error = left(:error, :most)
                where event_id = :id""")
                .param("id", eventId)
                .param("next", nextAttemptAt)
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** The newest first. */
    List<ReportView> newest(int limit) {
        return jdbc.sql("""
                select event_id, type, meter_id, created_at, summary, errors, last_error from meter_error_report
                order by created_at desc, event_id limit :limit""")
                .param("limit", limit)
                .query((row, _) -> new ReportView(
                        row.getString("event_id"),
                        row.getString("type"),
                        row.getString("meter_id"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("summary"),
                        row.getObject("errors", Long.class),
                        row.getString("last_error")))
                .list();
    }

    record Unread(String eventId, int attempts) {}

    /**
     * A report as the API shows it.
     *
     * @param errors how many meter events it is about; absent until it is read
     * @param lastError why it could not be read
     */
    record ReportView(
            String eventId,
            String type,
            @Nullable String meterId,
            Instant createdAt,
            @Nullable String summary,
            @Nullable Long errors,
            @Nullable String lastError) {}
}
