package io.drawdown.billing.sync;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.Stage;
import io.drawdown.billing.sync.SyncHealth.Backlog;
import io.drawdown.billing.sync.SyncHealth.Parked;
import io.drawdown.billing.sync.SyncHealth.Run;
import io.drawdown.billing.sync.SyncHealth.StageBacklog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads how the sync stands from the tables of all its parts. */
@Repository
class SyncHealthQuery {

    private static final String PARKED = """
            select lower(object_kind) as kind, object_id as id, attempts, next_attempt_at, last_error as reason
            from refresh_request where last_error is not null
            union all
            select 'account', account_id, attempts, next_attempt_at, last_error
            from account_customer where last_error is not null and next_attempt_at is not null
            union all
            select 'meter-event', meter_event_id::text, attempts, next_attempt_at, last_error
            from meter_event where last_error is not null and next_attempt_at is not null
            union all
            select 'replenishment', replenishment_id, attempts, next_attempt_at, coalesce(last_error, case
                    when stage = any(:stages) then failure_detail
                    else 'Stage ' || stage || ' is of a newer version; an instance of that version goes on with it.' end)
            from replenishment where next_attempt_at is not null
                and (last_error is not null or stage = any(:waiting) or stage <> all(:stages))
            order by 4, 2 limit 100""";

    private static final String[] STAGES =
            Stream.of(Stage.values()).map(Stage::name).toArray(String[]::new);

    private static final String[] KINDS =
            Stream.of(ObjectKind.values()).map(ObjectKind::name).toArray(String[]::new);

    private static final String[] WAITING = {Stage.AWAITING_CUSTOMER.name(), Stage.PARTLY_PAID.name()};

    private final JdbcClient jdbc;
    private final Clock clock;

    SyncHealthQuery(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    SyncHealth health() {
        var lastWebhookAt = lastWebhookAt();
        return new SyncHealth(
                lastWebhookAt,
                age(lastWebhookAt),
                run(EventSweep.RUN),
                run(EventSweep.REPORTS_RUN),
                run("catalog"),
                backlog("select count(*), min(requested_at) from refresh_request"),
                backlog("select count(*), min(account_updated_at) from account_customer"
                        + " where customer_id is null and next_attempt_at is not null"),
                backlog("select count(*), min(requested_at) from replenishment where next_attempt_at is not null"),
                stages(),
                backlog("select count(*), min(opened_at) from meter_event where next_attempt_at is not null"),
                backlog(
                        "select count(*), min(opened_at) from meter_event where state in ('REFUSED', 'UNCERTAIN', 'IRREVOCABLE')"),
                unreadable(),
                parked());
    }

    private List<StageBacklog> stages() {
        return jdbc.sql("select stage, count(*), min(requested_at) from replenishment"
                        + " where next_attempt_at is not null group by stage order by stage")
                .query((row, _) -> new StageBacklog(row.getString(1), row.getLong(2), instant(row, "min")))
                .list();
    }

    private Backlog unreadable() {
        return jdbc.sql("""
                select count(*), min(requested_at) from (
                    select requested_at from replenishment where next_attempt_at is not null and stage <> all(:stages)
                    union all select requested_at from refresh_request where object_kind <> all(:kinds)) as unknown""")
                .param("stages", STAGES)
                .param("kinds", KINDS)
                .query((row, _) -> new Backlog(row.getLong(1), instant(row, "min")))
                .single();
    }

    private @Nullable Long age(@Nullable Instant since) {
        return since == null ? null : Duration.between(since, clock.instant()).toSeconds();
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
                .query((row, _) -> toRun(row))
                .optional()
                .orElse(null);
    }

    private Run toRun(ResultSet row) throws SQLException {
        var finishedAt = instant(row, "finished_at");
        return new Run(finishedAt, age(finishedAt), row.getInt("found"), row.getString("last_error"));
    }

    private Backlog backlog(String countAndOldest) {
        return jdbc.sql(countAndOldest)
                .query((row, _) -> new Backlog(row.getLong(1), instant(row, "min")))
                .single();
    }

    private List<Parked> parked() {
        return jdbc.sql(PARKED)
                .param("stages", STAGES)
                .param("waiting", WAITING)
                .query((row, _) -> new Parked(
                        row.getString("kind"),
                        row.getString("id"),
                        row.getInt("attempts"),
                        row.getTimestamp("next_attempt_at").toInstant(),
                        row.getString("reason")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private record Moment(@Nullable Instant at) {}
}
