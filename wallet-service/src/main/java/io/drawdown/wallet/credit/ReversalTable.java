package io.drawdown.wallet.credit;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code payment_reversal}: of each reversal and line the latest state. */
@Component
class ReversalTable {

    private final JdbcClient jdbc;

    ReversalTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets nobody else credit or take back these lines until the transaction ends. To be called before any wallet is
     * touched: whoever waits here must hold no wallet.
     */
    void lock(Collection<String> lineIds) {
        lineIds.stream()
                .sorted()
                .forEach(line -> jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 0))")
                        .param(line)
                        .query(Integer.class)
                        .single());
    }

    /** Keeps the line's state, unless a later one is kept already. */
    void keep(ReversedLine line) {
        jdbc.sql("""
                        insert into payment_reversal (reversal_id, line_id, account_id, kind, currency, paid, taken_back,
                            seen_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (reversal_id, line_id) do update set account_id = excluded.account_id,
                            kind = excluded.kind, paid = excluded.paid, taken_back = excluded.taken_back,
                            seen_at = excluded.seen_at
                        where payment_reversal.seen_at <= excluded.seen_at""")
                .param(line.reversalId())
                .param(line.lineId())
                .param(line.accountId() == null ? null : line.accountId().value())
                .param(line.kind())
                .param(line.paid().currency().getCurrencyCode())
                .param(line.paid().numeral())
                .param(line.takenBack().numeral())
                .param(Timestamp.from(line.seenAt()))
                .update();
    }

    List<ReversedLine> ofLine(String lineId) {
        return jdbc.sql("select * from payment_reversal where line_id = ? order by reversal_id")
                .param(lineId)
                .query((row, _) -> line(row))
                .list();
    }

    private static ReversedLine line(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        var account = row.getString("account_id");
        return new ReversedLine(
                row.getString("reversal_id"),
                row.getString("line_id"),
                account == null ? null : new AccountId(account),
                row.getString("kind"),
                Money.of(row.getString("paid"), currency),
                Money.of(row.getString("taken_back"), currency),
                row.getTimestamp("seen_at").toInstant());
    }
}
