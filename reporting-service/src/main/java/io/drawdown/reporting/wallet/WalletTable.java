package io.drawdown.reporting.wallet;

import io.drawdown.reporting.amount.Columns;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code wallet}. */
@Repository
class WalletTable {

    private static final String STORE = """
            insert into wallet (wallet_id, account_id, currency, opened_at, sequence, seen, settled, granted, paid,
                drawn_down, replenishing, threshold, replenishment_amount, pending, awaiting_customer,
                last_failure, last_event_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (wallet_id) do update set currency = excluded.currency, opened_at = excluded.opened_at,
                sequence = excluded.sequence, seen = excluded.seen, settled = excluded.settled,
                granted = excluded.granted, paid = excluded.paid, drawn_down = excluded.drawn_down,
                replenishing = excluded.replenishing, threshold = excluded.threshold,
                replenishment_amount = excluded.replenishment_amount, pending = excluded.pending,
                awaiting_customer = excluded.awaiting_customer,
                last_failure = excluded.last_failure, last_event_at = excluded.last_event_at""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    WalletTable(JdbcClient jdbc, JdbcTemplate batches, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.batches = batches;
        metrics.gauge("drawdown.reporting.wallets.incomplete", this, WalletTable::countIncomplete);
    }

    /** Those of the wallets that are there, locked until the transaction ends. */
    Map<String, WalletState> lock(Set<String> walletIds) {
        if (walletIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select * from wallet where wallet_id = any(:ids) order by wallet_id for update")
                .param("ids", walletIds.toArray(String[]::new))
                .query(WalletTable::wallet)
                .stream()
                .collect(Collectors.toMap(wallet -> wallet.walletId, Function.identity()));
    }

    void store(Collection<WalletState> wallets) {
        batches.batchUpdate(
                STORE,
                wallets.stream()
                        .sorted(Comparator.comparing(wallet -> wallet.walletId))
                        .map(WalletTable::row)
                        .toList());
    }

    private double countIncomplete() {
        return jdbc.sql("select count(*) from wallet where seen > sequence")
                .query(Long.class)
                .single();
    }

    private static Object[] row(WalletState wallet) {
        return new Object[] {
            wallet.walletId,
            wallet.accountId,
            wallet.currency,
            Columns.timestampOrNull(wallet.openedAt),
            wallet.sequence,
            wallet.seen,
            wallet.settled,
            wallet.granted,
            wallet.paid,
            wallet.drawnDown,
            wallet.replenishing,
            wallet.threshold,
            wallet.replenishmentAmount,
            wallet.pending,
            wallet.awaitingCustomer,
            wallet.lastFailure,
            Columns.timestamp(wallet.lastEventAt)
        };
    }

    private static WalletState wallet(ResultSet row, int number) throws SQLException {
        var wallet = new WalletState(row.getString("wallet_id"), row.getString("account_id"));
        wallet.currency = row.getString("currency");
        wallet.openedAt = Columns.instantOrNull(row, "opened_at");
        wallet.sequence = row.getLong("sequence");
        wallet.seen = row.getLong("seen");
        wallet.settled = row.getBigDecimal("settled");
        wallet.granted = row.getBigDecimal("granted");
        wallet.paid = row.getBigDecimal("paid");
        wallet.drawnDown = row.getBigDecimal("drawn_down");
        wallet.replenishing = row.getBoolean("replenishing");
        wallet.threshold = row.getBigDecimal("threshold");
        wallet.replenishmentAmount = row.getBigDecimal("replenishment_amount");
        wallet.pending = row.getString("pending");
        wallet.awaitingCustomer = row.getBoolean("awaiting_customer");
        wallet.lastFailure = row.getString("last_failure");
        wallet.lastEventAt = Columns.instant(row, "last_event_at");
        return wallet;
    }
}
