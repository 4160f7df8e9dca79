package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.local.platform.Environment;
import java.math.BigDecimal;
import java.math.MathContext;

/** Drawdown's own ledger: wallet-service as it is deployed. */
final class WalletLedger implements Contender {

    private final BenchPlatform platform;
    private final LedgerDatabase database;
    private final long usageBefore;
    private final long walletEventsBefore;

    private WalletLedger(BenchPlatform platform, LedgerDatabase database) {
        this.platform = platform;
        this.database = database;
        this.usageBefore = database.usage();
        this.walletEventsBefore = database.walletEvents();
    }

    static WalletLedger start(BenchPlatform platform) {
        Environment environment = platform.start("wallet");
        return new WalletLedger(platform, LedgerDatabase.of(environment));
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public long durableEvents() {
        return database.usage();
    }

    /** How many usage events went into one wallet event since it was started, on an average. */
    BigDecimal usagePerWalletEvent() {
        var walletEvents = Math.max(1, database.walletEvents() - walletEventsBefore);
        return BigDecimal.valueOf(database.usage() - usageBefore)
                .divide(BigDecimal.valueOf(walletEvents), new MathContext(3));
    }

    @Override
    public long residentMegabytes() {
        return platform.residentMegabytes("wallet");
    }

    @Override
    public void close() {
        try (database) {
            platform.stop();
        }
    }
}
