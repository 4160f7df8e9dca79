package io.drawdown.bench.ledger;

import io.drawdown.local.platform.Environment;
import java.sql.Connection;
import java.sql.SQLException;

/** What wallet-service has made durable, as its database says. */
public final class LedgerDatabase implements AutoCloseable {

    private final Connection connection;

    private LedgerDatabase(Connection connection) {
        this.connection = connection;
    }

    public static LedgerDatabase of(Environment environment) {
        return new LedgerDatabase(Database.connect(environment, Database.WALLET));
    }

    /** How many usage events have been drawn down: the positions move in the transactions of the draw-downs that they stand for. */
    public long usage() {
        return number("select coalesce(sum(next_offset), 0) from usage_position");
    }

    /** How many wallet events there are. */
    long walletEvents() {
        return number("select coalesce(max(global_index), 0) from wallet_event");
    }

    private long number(String query) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read how far the ledger is: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot leave the ledger's database: " + e.getMessage(), e);
        }
    }
}
