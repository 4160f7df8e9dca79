package io.drawdown.reporting.report;

import io.drawdown.reporting.amount.Amounts;
import io.drawdown.reporting.amount.Columns;
import io.drawdown.reporting.source.Sources;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Reads the newest entries of the ledger. */
@Service
class Activity {

    private static final String ROWS = """
            select e.*, a.name from activity e left join account a using (account_id)
            order by e.recorded_at desc, e.wallet_id desc, e.sequence desc limit :rows""";

    private final JdbcClient jdbc;
    private final Sources sources;

    Activity(JdbcClient jdbc, Sources sources) {
        this.jdbc = jdbc;
        this.sources = sources;
    }

    ActivityReport report(int limit) {
        var freshness = sources.freshness();
        return new ActivityReport(
                jdbc.sql(ROWS).param("rows", limit).query(Activity::row).list(), freshness);
    }

    private static ActivityReport.Row row(ResultSet row, int number) throws SQLException {
        var currency = row.getString("currency");
        return new ActivityReport.Row(
                row.getString("wallet_id"),
                row.getLong("sequence"),
                row.getString("account_id"),
                row.getString("name"),
                row.getString("type"),
                currency,
                Amounts.textOrNull(row.getBigDecimal("amount"), currency),
                Amounts.textOrNull(row.getBigDecimal("settled_after"), currency),
                row.getString("detail"),
                Columns.instant(row, "recorded_at"));
    }
}
