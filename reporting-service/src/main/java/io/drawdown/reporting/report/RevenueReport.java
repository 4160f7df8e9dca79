package io.drawdown.reporting.report;

import io.drawdown.reporting.amount.Amounts;
import io.drawdown.reporting.source.Freshness;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was billed, collected and recognised, per currency and by what the report is grouped by.
 *
 * @param from first day, in UTC; null for all there are
 * @param to first day after; null for all there are
 * @param truncated whether there are more rows than were asked for
 */
record RevenueReport(
        @Nullable LocalDate from, @Nullable LocalDate to, List<Row> rows, boolean truncated, Freshness freshness)
        implements Tabular {

    @Override
    public List<String> columns() {
        return List.of("month", "account_id", "account_name", "currency", "billed", "collected", "recognised", "as_of");
    }

    @Override
    public List<List<@Nullable String>> cells() {
        var asOf = freshness.asOf() == null ? null : freshness.asOf().toString();
        return rows.stream().map(row -> row.cells(asOf)).toList();
    }

    /**
     * One line of the report; amounts are exact decimal numerals in the major unit.
     *
     * @param month such as 2026-11, in UTC; only in the report by month
     * @param accountId only in the report by account; null there too for invoices of customers that are no account's
     * @param billed invoices finalized and not void, by when they were finalized
     * @param collected invoices paid, by when they were paid
     * @param recognised usage drawn down from wallets, by when it occurred
     */
    record Row(
            @Nullable String month,
            @Nullable String accountId,
            @Nullable String accountName,
            String currency,
            String billed,
            String collected,
            String recognised) {

        static Row of(
                @Nullable String month,
                @Nullable String accountId,
                @Nullable String accountName,
                String currency,
                BigDecimal billed,
                BigDecimal collected,
                BigDecimal recognised) {
            return new Row(
                    month,
                    accountId,
                    accountName,
                    currency,
                    Amounts.text(billed, currency),
                    Amounts.text(collected, currency),
                    Amounts.text(recognised, currency));
        }

        private List<@Nullable String> cells(@Nullable String asOf) {
            return Arrays.asList(month, accountId, accountName, currency, billed, collected, recognised, asOf);
        }
    }
}
