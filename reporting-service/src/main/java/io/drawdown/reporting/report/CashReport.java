package io.drawdown.reporting.report;

import io.drawdown.reporting.source.Freshness;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came in and what is still to come, per currency.
 *
 * @param from first day, in UTC; null for all there are
 * @param to first day after; null for all there are
 */
record CashReport(@Nullable LocalDate from, @Nullable LocalDate to, List<Row> rows, Freshness freshness)
        implements Tabular {

    @Override
    public List<String> columns() {
        return List.of(
                "currency",
                "collected",
                "of_which_replenishments",
                "invoices_paid",
                "outstanding",
                "uncollectible",
                "replenishments_failed",
                "taken_back",
                "as_of");
    }

    @Override
    public List<List<@Nullable String>> cells() {
        var asOf = freshness.asOf() == null ? null : freshness.asOf().toString();
        return rows.stream().map(row -> row.cells(asOf)).toList();
    }

    /**
     * One currency; amounts are exact decimal numerals in the major unit.
     *
     * @param collected payments captured, by when they were, also of invoices on which more is owed
     * @param replenishments how much of that were automatic top-ups
     * @param outstanding still owed on open invoices that were finalized in the period
     * @param uncollectible still owed on invoices given up
     * @param replenishmentsFailed how many top-ups ended without payment
     * @param takenBack refunds and disputes, as they stand, by when they were made; not taken off what was collected
     */
    record Row(
            String currency,
            String collected,
            String replenishments,
            long invoicesPaid,
            String outstanding,
            String uncollectible,
            long replenishmentsFailed,
            String takenBack) {

        private List<@Nullable String> cells(@Nullable String asOf) {
            return Arrays.asList(
                    currency,
                    collected,
                    replenishments,
                    Long.toString(invoicesPaid),
                    outstanding,
                    uncollectible,
                    Long.toString(replenishmentsFailed),
                    takenBack,
                    asOf);
        }
    }
}
