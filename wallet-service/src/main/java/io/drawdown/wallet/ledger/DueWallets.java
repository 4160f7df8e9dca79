package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Table {@code wallet_due}: which wallet has something to settle by the passing of time, and from when on.
 *
 * <p>A wallet's row is never later than what it waits for, and may be earlier: a draw-down that spends the grant which
 * would have expired leaves the row alone. Whoever looks at the wallet then puts that right. So the hot path writes only
 * when something new will be due sooner.
 */
final class DueWallets {

    private final JdbcClient jdbc;

    DueWallets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes wallets that have something due sooner than before; in the transaction that made it so. */
    void add(Collection<WalletState> wallets) {
        if (wallets.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into wallet_due (wallet_id, due_at) select * from unnest(?, ?)
                        on conflict (wallet_id) do update set due_at = least(wallet_due.due_at, excluded.due_at)""")
                .param(wallets.stream().map(wallet -> wallet.id().value()).toArray(String[]::new))
                .param(wallets.stream()
                        .map(wallet -> timestamp(wallet.nextDueAt()))
                        .toArray(Timestamp[]::new))
                .update();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant due) {
        return due == null ? null : Timestamp.from(due);
    }

    /** Has those who would note something for this wallet wait until the transaction ends. */
    void lock(WalletId walletId) {
        jdbc.sql("select due_at from wallet_due where wallet_id = ? for update")
                .param(walletId.value())
                .query((_, _) -> true)
                .list();
    }

    /** Says anew when a wallet whose due matters have been settled at {@code now} has something to settle again, if ever. */
    void set(WalletState wallet, Instant now) {
        var due = timestamp(wallet.nextDueAfter(now));
        if (due == null) {
            jdbc.sql("delete from wallet_due where wallet_id = ?")
                    .param(wallet.id().value())
                    .update();
        } else {
            jdbc.sql("update wallet_due set due_at = ? where wallet_id = ?")
                    .params(due, wallet.id().value())
                    .update();
        }
    }

    /** The next wallets that have something to settle at {@code now}, those that wait longest first. */
    List<Due> after(Due last, Instant now, int limit) {
        return jdbc.sql("""
                        select due_at, wallet_id from wallet_due where (due_at, wallet_id) > (?, ?) and due_at <= ?
                        order by due_at, wallet_id limit ?""")
                .params(Timestamp.from(last.at()), last.walletId().value(), Timestamp.from(now), limit)
                .query((row, _) -> new Due(row.getTimestamp(1).toInstant(), new WalletId(row.getString(2))))
                .list();
    }

    /** A wallet that has something to settle, and since when. */
    record Due(Instant at, WalletId walletId) {}
}
