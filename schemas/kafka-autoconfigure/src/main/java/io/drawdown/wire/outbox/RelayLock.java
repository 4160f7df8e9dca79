package io.drawdown.wire.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right to relay, held by a database session. PostgreSQL takes it back when the session ends, and ends a session that is silent
 * for too long: a process that is frozen, and not dead, would keep it.
 */
public final class RelayLock implements AutoCloseable {

    /** Much longer than a relay that works is silent: it asks its session while it waits for the broker. */
    public static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final Connection connection;
    private final int number;

    private RelayLock(Connection connection, int number) {
        this.connection = connection;
        this.number = number;
    }

    /**
     * Null when another session holds it.
     *
     * @param connection commits each statement by itself
     * @param number of the lock, one for each kind of relay
     */
    public static @Nullable RelayLock tryAcquire(Connection connection, int number, Duration longestSilence)
            throws SQLException {
        if (!ask(connection, "select pg_try_advisory_lock(" + number + ")")) {
            return null;
        }
        run(connection, "set idle_session_timeout = " + longestSilence.toMillis());
        return new RelayLock(connection, number);
    }

    @Override
    public void close() throws SQLException {
        if (connection.isValid(1)) {
            run(connection, "reset idle_session_timeout");
            ask(connection, "select pg_advisory_unlock(" + number + ")");
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static void run(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
