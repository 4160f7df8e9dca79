package io.drawdown.reporting.report;

import io.drawdown.reporting.source.Freshness;
import java.util.List;

/**
 * Everything that the page shows, read at one time.
 *
 * @param totals per currency
 * @param months per month and currency, oldest first
 * @param accounts per account and currency, the greatest first
 * @param wallets the emptiest first
 * @param activity newest first
 */
public record LiveView(
        List<RevenueReport.Row> totals,
        List<RevenueReport.Row> months,
        List<RevenueReport.Row> accounts,
        WalletsReport wallets,
        List<ActivityReport.Row> activity,
        Freshness freshness) {}
