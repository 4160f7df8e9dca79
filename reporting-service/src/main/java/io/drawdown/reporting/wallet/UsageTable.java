package io.drawdown.reporting.wallet;

import io.drawdown.reporting.wallet.WalletBatch.UsageKey;
import io.drawdown.reporting.wallet.WalletBatch.UsageSum;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Table {@code wallet_usage}: what was drawn down, by wallet, day and meter. */
@Repository
class UsageTable {

    private static final String ADD = """
            insert into wallet_usage (wallet_id, day, meter_id, amount, quantity, events) values (?, ?, ?, ?, ?, ?)
            on conflict (wallet_id, day, meter_id) do update set amount = wallet_usage.amount + excluded.amount,
                quantity = wallet_usage.quantity + excluded.quantity, events = wallet_usage.events + excluded.events""";

    private final JdbcTemplate batches;

    UsageTable(JdbcTemplate batches) {
        this.batches = batches;
    }

    /** Adds to what is there, so to be called once for each event, in the transaction that moves its wallet on. */
    void add(Map<UsageKey, UsageSum> usage) {
        batches.batchUpdate(
                ADD,
                usage.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Object[] row(UsageKey key, UsageSum sum) {
        return new Object[] {key.walletId(), key.day(), key.meterId(), sum.amount, sum.quantity, sum.events};
    }
}
