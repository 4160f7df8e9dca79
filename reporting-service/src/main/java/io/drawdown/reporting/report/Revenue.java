package io.drawdown.reporting.report;

import io.drawdown.reporting.source.Sources;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Adds up view {@code movement}. */
@Service
public class Revenue {

    private static final String SUMS =
            " sum(m.billed) as billed, sum(m.collected) as collected," + " sum(m.recognised) as recognised ";

    private static final String WITHIN = " where (cast(:from as date) is null or m.day >= :from)"
            + " and (cast(:to as date) is null or m.day < :to) ";

    private static final String TOTAL = "select null as month, null as account_id, null as name, m.currency," + SUMS
            + "from movement m" + WITHIN + "group by m.currency order by m.currency limit :rows";

    private static final String BY_MONTH =
            "select to_char(m.day, 'YYYY-MM') as month, null as account_id, null as name,"
                    + " m.currency," + SUMS + "from movement m" + WITHIN
                    + "group by 1, m.currency order by 1, m.currency limit :rows";

    private static final String BY_ACCOUNT = "select null as month, m.account_id, a.name, m.currency," + SUMS
            + "from movement m left join account a using (account_id)" + WITHIN
            + "group by m.account_id, a.name, m.currency"
            + " order by m.currency, sum(m.billed) + sum(m.recognised) desc, m.account_id limit :rows";

    private final JdbcClient jdbc;
    private final Sources sources;

    Revenue(JdbcClient jdbc, Sources sources) {
        this.jdbc = jdbc;
        this.sources = sources;
    }

    RevenueReport total(Period period, int limit) {
        return report(TOTAL, period, limit);
    }

    RevenueReport byMonth(Period period, int limit) {
        return report(BY_MONTH, period, limit);
    }

    RevenueReport byAccount(Period period, int limit) {
        return report(BY_ACCOUNT, period, limit);
    }

    private RevenueReport report(String sql, Period period, int limit) {
        // Before the rows: they may then be newer than the report says, never older.
        var freshness = sources.freshness();
        var rows = rows(sql, period, limit + 1L);
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        return new RevenueReport(period.from(), period.to(), shown, rows.size() > limit, freshness);
    }

    private List<RevenueReport.Row> rows(String sql, Period period, long limit) {
        return jdbc.sql(sql)
                .param("from", period.from())
                .param("to", period.to())
                .param("rows", limit)
                .query(Revenue::row)
                .list();
    }

    private static RevenueReport.Row row(ResultSet row, int number) throws SQLException {
        return RevenueReport.Row.of(
                row.getString("month"),
                row.getString("account_id"),
                row.getString("name"),
                row.getString("currency"),
                row.getBigDecimal("billed"),
                row.getBigDecimal("collected"),
                row.getBigDecimal("recognised"));
    }
}
