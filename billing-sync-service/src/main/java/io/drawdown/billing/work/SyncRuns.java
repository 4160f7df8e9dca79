package io.drawdown.billing.work;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code sync_run}: when each periodic comparison last ran and how far it got. */
@Repository
public class SyncRuns {

    private static final int MOST_ERROR_CHARACTERS = 500;

    private final JdbcClient jdbc;

    SyncRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far the last successful run got; empty if it never ran or keeps no position. */
    public Optional<Instant> position(String run) {
        return jdbc.sql("select position from sync_run where name = ? and position is not null")
                .params(run)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /**
     * Records success.
     *
     * @param position how far it got; null to leave it where it was
     * @param found how many differences it found
     */
    public void finished(String run, @Nullable Instant position, int found, Instant at) {
        jdbc.sql("""
                insert into sync_run (name, position, finished_at, found) values (:name, :position, :at, :found)
                on conflict (name) do update set position = coalesce(excluded.position, sync_run.position),
                    finished_at = excluded.finished_at, found = excluded.found, last_error = null""")
                .param("name", run)
                .param("position", position == null ? null : Timestamp.from(position))
                .param("at", Timestamp.from(at))
                .param("found", found)
                .update();
    }

    /** Records why a run came to nothing; its position stays. */
    public void failed(String run, String error) {
        jdbc.sql("""
                insert into sync_run (name, last_error) values (:name, left(:error, :most))
                on conflict (name) do update set last_error = excluded.last_error""")
                .param("name", run)
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }
}
