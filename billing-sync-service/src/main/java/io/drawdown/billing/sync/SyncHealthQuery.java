package io.drawdown.billing.sync;

import io.drawdown.billing.sync.SyncHealth.Backlog;
import io.drawdown.billing.sync.SyncHealth.Run;
import io.drawdown.billing.sync.SyncHealth.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads how the sync stands from the tables of all its parts. */
@Repository
class SyncHealthQuery {

    private static final String TROUBLES = """
            select lower(object_kind) as kind, object_id as id, attempts, next_attempt_at, last_error
            from refresh_request where last_error is not null
            union all
            select 'account', account_id, attempts, next_attempt_at, last_error
            from account_customer where last_error is not null and next_attempt_at is not null
            union all
            select 'replenishment', replenishment_id, attempts, next_attempt_at, last_error
            from replenishment where last_error is not null and next_attempt_at is not null
            order by 4 desc limit 20""";

    private final JdbcClient jdbc;

    SyncHealthQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SyncHealth health() {
        return new SyncHealth(
                lastWebhookAt(),
                run(EventSweep.RUN),
                run("catalog"),
                backlog("select count(*), min(requested_at) from refresh_request"),
                backlog("select count(*), min(account_updated_at) from account_customer"
                        + " where customer_id is null and next_attempt_at is not null"),
                backlog("select count(*), min(requested_at) from replenishment where next_attempt_at is not null"),
                troubles());
    }

    private @Nullable Instant lastWebhookAt() {
        return jdbc.sql("select max(received_at) as at from stripe_event where source = 'WEBHOOK'")
                .query((row, _) -> new Moment(instant(row, "at")))
                .single()
                .at();
    }

    private @Nullable Run run(String name) {
        return jdbc.sql("select finished_at, found, last_error from sync_run where name = ?")
                .params(name)
                .query((row, _) -> new Run(instant(row, "finished_at"), row.getInt("found"), row.getString(3)))
                .optional()
                .orElse(null);
    }

    private Backlog backlog(String countAndOldest) {
        return jdbc.sql(countAndOldest)
                .query((row, _) -> new Backlog(row.getLong(1), instant(row, "min")))
                .single();
    }

    private List<Trouble> troubles() {
        return jdbc.sql(TROUBLES)
                .query((row, _) -> new Trouble(
                        row.getString("kind"),
                        row.getString("id"),
                        row.getInt("attempts"),
                        row.getTimestamp("next_attempt_at").toInstant(),
                        row.getString("last_error")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private record Moment(@Nullable Instant at) {}
}
