package io.drawdown.local.postgres;

import io.drawdown.local.process.Readiness;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Ready when the server answers a query; an open port alone may still be recovering from a crash. */
record ServerReady(Cluster cluster) implements Readiness {

    @Override
    public boolean isReady() {
        var url = cluster.jdbcUrl("postgres") + "?connectTimeout=1&socketTimeout=2&loginTimeout=2";
        try (var connection = DriverManager.getConnection(url, cluster.user(), cluster.password());
                var statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException notYet) {
            return false;
        }
    }
}
