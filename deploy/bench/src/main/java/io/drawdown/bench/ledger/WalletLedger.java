package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.local.platform.Environment;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Drawdown's own ledger: wallet-service as it is deployed. What it has made durable is what its position says, which moves
 * in the transaction of the draw-downs that it stands for.
 */
final class WalletLedger implements Contender {

    private final BenchPlatform platform;
    private final Connection connection;

    private WalletLedger(BenchPlatform platform, Connection connection) {
        this.platform = platform;
        this.connection = connection;
    }

    static WalletLedger start(BenchPlatform platform) {
        Environment environment = platform.start("wallet");
        return new WalletLedger(platform, Database.connect(environment, Database.WALLET));
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public long durableEvents() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select coalesce(sum(next_offset), 0) from usage_position")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the ledger's position: " + e.getMessage(), e);
        }
    }

    @Override
    public long residentMegabytes() {
        return platform.residentMegabytes("wallet");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot leave the ledger's database: " + e.getMessage(), e);
        } finally {
            platform.stop();
        }
    }
}
