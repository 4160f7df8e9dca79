package io.drawdown.reporting.report;

import io.drawdown.reporting.source.Freshness;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the wallets, as of now.
 *
 * @param totals per currency
 * @param rows the wallets, emptiest first
 * @param truncated whether there are more wallets than were asked for; the totals are of all
 */
record WalletsReport(List<Total> totals, List<Row> rows, boolean truncated, Freshness freshness) implements Tabular {

    @Override
    public List<String> columns() {
        return List.of(
                "wallet_id",
                "account_id",
                "account_name",
                "currency",
                "settled",
                "granted",
                "paid",
                "drawn_down",
                "replenishing",
                "threshold",
                "replenishment_amount",
                "pending_replenishment",
                "complete",
                "last_event_at",
                "as_of");
    }

    @Override
    public List<List<@Nullable String>> cells() {
        var asOf = freshness.asOf() == null ? null : freshness.asOf().toString();
        return rows.stream().map(row -> row.cells(asOf)).toList();
    }

    /**
     * All wallets of one currency.
     *
     * @param credit what customers may still use: the sum of the balances above zero
     * @param overdraft what they have used beyond: the sum of those below, without the minus
     */
    record Total(String currency, long wallets, String credit, String overdraft) {}

    /**
     * One wallet; amounts are exact decimal numerals in the major unit.
     *
     * @param currency null, like the amounts' zeros, while its opening has not come
     * @param settled what is in it; negative in overdraft
     * @param granted all credit that ever came in, at its worth
     * @param paid what was paid for that
     * @param drawnDown all usage that ever went out
     * @param threshold below which it asks for a top-up; null when that was never set
     * @param pendingReplenishment the top-up that it waits for
     * @param awaitingCustomer whether the customer was asked to confirm that top-up's payment
     * @param lastFailure why the last top-up failed, or {@code cap-reached} where it was held back; until one is paid
     * @param complete false while one of its events is missing
     */
    record Row(
            String walletId,
            String accountId,
            @Nullable String accountName,
            @Nullable String currency,
            @Nullable String settled,
            @Nullable String granted,
            @Nullable String paid,
            @Nullable String drawnDown,
            boolean replenishing,
            @Nullable String threshold,
            @Nullable String replenishmentAmount,
            @Nullable String pendingReplenishment,
            boolean awaitingCustomer,
            @Nullable String lastFailure,
            boolean complete,
            Instant lastEventAt) {

        private List<@Nullable String> cells(@Nullable String asOf) {
            return Arrays.asList(
                    walletId,
                    accountId,
                    accountName,
                    currency,
                    settled,
                    granted,
                    paid,
                    drawnDown,
                    Boolean.toString(replenishing),
                    threshold,
                    replenishmentAmount,
                    pendingReplenishment,
                    Boolean.toString(complete),
                    lastEventAt.toString(),
                    asOf);
        }
    }
}
