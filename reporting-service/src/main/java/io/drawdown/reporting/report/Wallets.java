package io.drawdown.reporting.report;

import io.drawdown.reporting.amount.Amounts;
import io.drawdown.reporting.amount.Columns;
import io.drawdown.reporting.source.Sources;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Reads the wallets, the emptiest first. */
@Service
public class Wallets {

    private static final String TOTALS = """
            select currency, count(*) as wallets, sum(greatest(settled, 0)) as credit,
                sum(greatest(-settled, 0)) as overdraft
            from wallet where currency is not null group by currency order by currency""";

    private static final String ROWS = """
            select w.*, a.name from wallet w left join account a using (account_id)
            order by w.settled, w.wallet_id limit :rows""";

    private final JdbcClient jdbc;
    private final Sources sources;

    Wallets(JdbcClient jdbc, Sources sources) {
        this.jdbc = jdbc;
        this.sources = sources;
    }

    WalletsReport report(int limit) {
        var freshness = sources.freshness();
        var rows = jdbc.sql(ROWS).param("rows", limit + 1L).query(Wallets::row).list();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        return new WalletsReport(totals(), shown, rows.size() > limit, freshness);
    }

    private List<WalletsReport.Total> totals() {
        return jdbc.sql(TOTALS)
                .query((row, _) -> new WalletsReport.Total(
                        row.getString("currency"),
                        row.getLong("wallets"),
                        Amounts.text(row.getBigDecimal("credit"), row.getString("currency")),
                        Amounts.text(row.getBigDecimal("overdraft"), row.getString("currency"))))
                .list();
    }

    private static WalletsReport.Row row(ResultSet row, int number) throws SQLException {
        var currency = row.getString("currency");
        return new WalletsReport.Row(
                row.getString("wallet_id"),
                row.getString("account_id"),
                row.getString("name"),
                currency,
                Amounts.textOrNull(row.getBigDecimal("settled"), currency),
                Amounts.textOrNull(row.getBigDecimal("granted"), currency),
                Amounts.textOrNull(row.getBigDecimal("paid"), currency),
                Amounts.textOrNull(row.getBigDecimal("drawn_down"), currency),
                row.getBoolean("replenishing"),
                Amounts.textOrNull(row.getBigDecimal("threshold"), currency),
                Amounts.textOrNull(row.getBigDecimal("replenishment_amount"), currency),
                row.getString("pending"),
                row.getBoolean("awaiting_customer"),
                row.getString("last_failure"),
                row.getLong("seen") == row.getLong("sequence"),
                Columns.instant(row, "last_event_at"));
    }
}
