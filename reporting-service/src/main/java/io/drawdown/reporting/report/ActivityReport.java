package io.drawdown.reporting.report;

import io.drawdown.reporting.source.Freshness;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest entries of the ledger, newest first. */
record ActivityReport(List<Row> rows, Freshness freshness) {

    /**
     * One entry.
     *
     * @param type such as UsageDrawnDown
     * @param amount what came in, or went out with a minus; or what was asked for
     * @param settledAfter the balance after it, where it changed that
     */
    record Row(
            String walletId,
            long sequence,
            String accountId,
            @Nullable String accountName,
            String type,
            @Nullable String currency,
            @Nullable String amount,
            @Nullable String settledAfter,
            @Nullable String detail,
            Instant recordedAt) {}
}
