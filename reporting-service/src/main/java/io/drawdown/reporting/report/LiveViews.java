package io.drawdown.reporting.report;

import org.springframework.stereotype.Service;

/** Reads what the page shows. */
@Service
public class LiveViews {

    private static final Period EVER = Period.of(null, null);
    private static final int MONTHS = 120;
    private static final int ACCOUNTS = 25;
    private static final int WALLETS = 50;
    private static final int ENTRIES = 30;
    private static final int CURRENCIES = 200;

    private final Revenue revenue;
    private final Wallets wallets;
    private final Activity activity;

    LiveViews(Revenue revenue, Wallets wallets, Activity activity) {
        this.revenue = revenue;
        this.wallets = wallets;
        this.activity = activity;
    }

    /** The reports as they stand now. */
    public LiveView read() {
        var totals = revenue.total(EVER, CURRENCIES);
        return new LiveView(
                totals.rows(),
                revenue.byMonth(EVER, MONTHS).rows(),
                revenue.byAccount(EVER, ACCOUNTS).rows(),
                wallets.report(WALLETS),
                activity.report(ENTRIES).rows(),
                totals.freshness());
    }
}
