package io.drawdown.usage.totals;

import io.drawdown.support.time.Interval;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What is added up together.
 *
 * @param window an hour or a day of the account's, as the span says
 */
record TotalKey(String accountId, String meterId, Span span, Interval window, SortedMap<String, String> dimensions) {

    Instant start() {
        return window.start();
    }

    Instant end() {
        return window.end();
    }
}
