package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.local.platform.Environment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Drawdown's own ledger: wallet-service as it is deployed. What it has made durable is what its position says, which moves
 * in the transaction of the draw-downs that it stands for.
 */
final class WalletLedger implements Contender {

    private final BenchPlatform platform;
    private final Connection connection;
    private final long durableBefore;
    private final long lastBefore;

    private WalletLedger(BenchPlatform platform, Connection connection) {
        this.platform = platform;
        this.connection = connection;
        this.durableBefore = durableEvents();
        this.lastBefore = lastEvent();
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
        return number("select coalesce(sum(next_offset), 0) from usage_position");
    }

    /** How many usage events went into one wallet event since it was started, on an average. */
    BigDecimal usagePerWalletEvent() {
        var walletEvents = Math.max(1, lastEvent() - lastBefore);
        return BigDecimal.valueOf(durableEvents() - durableBefore)
                .divide(BigDecimal.valueOf(walletEvents), new MathContext(3));
    }

    private long lastEvent() {
        return number("select coalesce(max(global_index), 0) from wallet_event");
    }

    private long number(String query) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
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
