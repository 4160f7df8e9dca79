package io.drawdown.usage.totals;

import io.drawdown.events.usage.TotalWindow;
import io.drawdown.events.usage.UsageTotal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;

/**
 * A total as it stands in table {@code usage_total}.
 *
 * @param dimensionsJson as the database writes them, which is the same for the same dimensions
 */
record StoredTotal(TotalKey key, String dimensionsJson, Tally tally, long version, Instant updatedAt) {

    /** The key of the total's records. */
    String recordKey() {
        return String.join(
                "|",
                key.accountId(),
                key.meterId(),
                key.span().name(),
                key.start().toString(),
                dimensionsJson);
    }

    /** How long its dimensions are in the database, as text. */
    long dimensionBytes() {
        return dimensionsJson.getBytes(StandardCharsets.UTF_8).length;
    }

    UsageTotal toRecord() {
        return new UsageTotal(
                key.accountId(),
                key.meterId(),
                TotalWindow.valueOf(key.span().name()),
                key.start(),
                new TreeMap<>(key.dimensions()),
                tally.events(),
                plain(tally.sum()),
                plain(tally.max()),
                plain(tally.last()),
                tally.lastAt(),
                version,
                updatedAt,
                key.end());
    }

    /** Without an exponent and without zeros at the end. */
    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
