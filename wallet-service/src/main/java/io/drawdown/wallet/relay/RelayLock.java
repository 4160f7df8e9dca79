package io.drawdown.wallet.relay;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The right to relay, held by a database session; PostgreSQL takes it back when the session ends. */
final class RelayLock implements AutoCloseable {

    private static final int NUMBER = 779003;

    private final Connection connection;

    private RelayLock(Connection connection) {
        this.connection = connection;
    }

    /** Null when another session holds it. */
    static @Nullable RelayLock tryAcquire(Connection connection) throws SQLException {
        return ask(connection, "select pg_try_advisory_lock(" + NUMBER + ")") ? new RelayLock(connection) : null;
    }

    @Override
    public void close() throws SQLException {
        if (connection.isValid(1)) {
            ask(connection, "select pg_advisory_unlock(" + NUMBER + ")");
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
