package io.drawdown.local.postgres;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Creates the databases that are missing, and looks that commits are durable. */
record Databases(Cluster cluster) implements Step {

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit");

    @Override
    public void run() throws IOException {
        try (var connection =
                DriverManager.getConnection(cluster.jdbcUrl("postgres"), cluster.user(), cluster.password())) {
            requireDurability(connection);
            var present = present(connection);
            for (var database : cluster.databases()) {
                if (!present.contains(database)) {
                    execute(connection, "CREATE DATABASE \"" + database + "\"");
                }
            }
        } catch (SQLException e) {
            throw new IOException("PostgreSQL answers but its databases could not be created: " + e.getMessage(), e);
        }
    }

    private static void requireDurability(Connection connection) throws SQLException {
        for (var setting : DURABLE) {
            try (var statement = connection.createStatement();
                    var answer = statement.executeQuery("SHOW " + setting)) {
                answer.next();
                if (!"on".equals(answer.getString(1))) {
                    throw new PlatformException("PostgreSQL runs with " + setting + "=" + answer.getString(1)
                            + ": a commit could be lost. Remove that setting from postgresql.auto.conf.");
                }
            }
        }
    }

    private static Set<String> present(Connection connection) throws SQLException {
        var names = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
