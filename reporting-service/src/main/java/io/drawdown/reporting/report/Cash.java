package io.drawdown.reporting.report;

import io.drawdown.reporting.amount.Amounts;
import io.drawdown.reporting.source.Sources;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Adds up the payments that were captured and what went back of them, and counts the top-ups that failed in the currency of
 * their wallet.
 */
@Service
class Cash {

    private static final String REPORT = """
            with entry (currency, day, collected, replenishments, invoices_paid, outstanding, uncollectible, failed,
                    taken_back) as (
                select currency, day, amount, case when replenishment_id is null then 0 else amount end,
                    0, 0::numeric, 0::numeric, 0, 0::numeric
                from receipt
                union all
                select currency, (paid_at at time zone 'UTC')::date, 0, 0, 1, 0, 0, 0, 0
                from invoice where status = 'PAID' and paid_at is not null
                union all
                select currency, (finalized_at at time zone 'UTC')::date, 0, 0, 0,
                    case when status = 'OPEN' then amount_remaining else 0 end,
                    case when status = 'UNCOLLECTIBLE' then amount_remaining else 0 end, 0, 0
                from invoice where status in ('OPEN', 'UNCOLLECTIBLE') and finalized_at is not null
                union all
                select w.currency, (f.failed_at at time zone 'UTC')::date, 0, 0, 0, 0, 0, 1, 0
                from failed_replenishment f join wallet w using (wallet_id) where w.currency is not null
                union all
                select currency, (created_at at time zone 'UTC')::date, 0, 0, 0, 0, 0, 0, taken_back
                from reversal where kind <> 'CREDIT_NOTE' and taken_back <> 0
            )
            select currency, sum(collected) as collected, sum(replenishments) as replenishments,
                sum(invoices_paid) as invoices_paid, sum(outstanding) as outstanding,
                sum(uncollectible) as uncollectible, sum(failed) as failed, sum(taken_back) as taken_back
            from entry
            where (cast(:from as date) is null or day >= :from) and (cast(:to as date) is null or day < :to)
            group by currency order by currency""";

    private final JdbcClient jdbc;
    private final Sources sources;

    Cash(JdbcClient jdbc, Sources sources) {
        this.jdbc = jdbc;
        this.sources = sources;
    }

    CashReport report(Period period) {
        var freshness = sources.freshness();
        var rows = jdbc.sql(REPORT)
                .param("from", period.from())
                .param("to", period.to())
                .query(Cash::row)
                .list();
        return new CashReport(period.from(), period.to(), rows, freshness);
    }

    private static CashReport.Row row(ResultSet row, int number) throws SQLException {
        var currency = row.getString("currency");
        return new CashReport.Row(
                currency,
                Amounts.text(row.getBigDecimal("collected"), currency),
                Amounts.text(row.getBigDecimal("replenishments"), currency),
                row.getLong("invoices_paid"),
                Amounts.text(row.getBigDecimal("outstanding"), currency),
                Amounts.text(row.getBigDecimal("uncollectible"), currency),
                row.getLong("failed"),
                Amounts.text(row.getBigDecimal("taken_back"), currency));
    }
}
