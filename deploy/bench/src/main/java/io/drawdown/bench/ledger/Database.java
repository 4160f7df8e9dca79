package io.drawdown.bench.ledger;

import io.drawdown.local.platform.Environment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The databases of a benchmark's platform. */
public final class Database {

    public static final String WALLET = "wallet";

    private Database() {}

    public static Connection connect(Environment environment, String database) {
        try {
            return DriverManager.getConnection(url(environment, database));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot connect to database " + database + ": " + e.getMessage(), e);
        }
    }

    /** The address of a database with user and password, and with batches sent as one statement. */
    public static String url(Environment environment, String database) {
        var server = environment.postgres();
        return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s&reWriteBatchedInserts=true"
                .formatted(server.host(), server.port(), database, server.user(), server.password());
    }

    /** Runs one statement, such as the creation of a rival's database. */
    public static void execute(Environment environment, String database, String sql) {
        try (var connection = connect(environment, database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused «%s»: %s".formatted(sql, e.getMessage()), e);
        }
    }
}
