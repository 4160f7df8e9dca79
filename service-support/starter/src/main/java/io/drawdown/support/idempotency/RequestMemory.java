package io.drawdown.support.idempotency;

import io.drawdown.support.problem.ProblemException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code idempotent_request}. All its methods are called inside the transaction of the request. */
final class RequestMemory {

    /** A new key pays for the removal of a few old ones, so the table needs no sweeper and never a long delete. */
    private static final int FORGOTTEN_AT_ONCE = 10;

    private static final String LOCK_TIMEOUT = "55P03";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final IdempotencyProperties properties;

    RequestMemory(JdbcClient jdbc, Clock clock, IdempotencyProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Takes the key for this transaction. The unique index makes a concurrent repeat wait here until the first
     * transaction has ended.
     *
     * @return false if a committed request has it already
     * @throws ProblemException if the first request takes too long
     */
    boolean claim(Entry entry) {
        forgetExpired(entry);
        lockTimeout(properties.waitLimit().toMillis() + "ms");
        var claimed = insert(entry);
        lockTimeout("0");
        return claimed;
    }

    private boolean insert(Entry entry) {
        try {
            return jdbc.sql("insert into idempotent_request (operation, idempotency_key, request_sha256, recorded_at)"
                                    + " values (?, ?, ?, ?) on conflict do nothing")
                            .params(
                                    entry.operation(),
                                    entry.key(),
                                    entry.fingerprint(),
                                    Timestamp.from(clock.instant()))
                            .update()
                    == 1;
        } catch (DataAccessException e) {
            throw isLockTimeout(e) ? inProgress(entry, e) : e;
        }
    }

    /** Spring has no name of its own for this SQLState. */
    private static boolean isLockTimeout(DataAccessException error) {
        return error.getMostSpecificCause() instanceof SQLException cause && LOCK_TIMEOUT.equals(cause.getSQLState());
    }

    private void lockTimeout(String limit) {
        jdbc.sql("select set_config('lock_timeout', ?, true)")
                .param(limit)
                .query(String.class)
                .single();
    }

    /** The key in hand is left alone even when it is old: it is about to be looked up. */
    private void forgetExpired(Entry entry) {
        jdbc.sql("delete from idempotent_request where ctid = any(array(select ctid from idempotent_request"
                        + " where recorded_at < ? and not (operation = ? and idempotency_key = ?)"
                        + " order by recorded_at limit ? for update skip locked))")
                .params(
                        Timestamp.from(clock.instant().minus(properties.retention())),
                        entry.operation(),
                        entry.key(),
                        FORGOTTEN_AT_ONCE)
                .update();
    }

    /**
     * What the committed request of this key answered.
     *
     * @throws ProblemException if that was another request
     */
    String resultOf(Entry entry) {
        var remembered = jdbc.sql("select request_sha256, result from idempotent_request"
                        + " where operation = ? and idempotency_key = ?")
                .params(entry.operation(), entry.key())
                .query((row, _) -> new Remembered(row.getString("request_sha256"), row.getString("result")))
                .optional()
                .orElseThrow(() -> inProgress(entry, null));
        if (!remembered.fingerprint().equals(entry.fingerprint())) {
            throw IdempotentRequests.reused(entry.key());
        }
        return remembered.result();
    }

    void remember(Entry entry, String result) {
        jdbc.sql("update idempotent_request set result = ? where operation = ? and idempotency_key = ?")
                .params(result, entry.operation(), entry.key())
                .update();
    }

    private static ProblemException inProgress(Entry entry, @Nullable Throwable cause) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "request-in-progress",
                "The first request with the idempotency key '" + entry.key() + "' has not ended yet. Repeat this one,"
                        + " unchanged, in a moment.",
                cause);
    }

    record Entry(String operation, String key, String fingerprint) {}

    private record Remembered(String fingerprint, String result) {}
}
