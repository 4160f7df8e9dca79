package io.drawdown.usage.totals;

import java.time.Instant;
import java.util.SortedMap;

/**
 * What is added up together.
 *
 * @param start of the window, inclusive
 */
record TotalKey(String accountId, String meterId, Span span, Instant start, SortedMap<String, String> dimensions) {

    /** Where the window ends, exclusive. */
    Instant end() {
        return span.endOf(start);
    }
}
