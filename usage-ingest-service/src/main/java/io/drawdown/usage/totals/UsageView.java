package io.drawdown.usage.totals;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What an account used of a meter.
 *
 * @param window {@code hour}, {@code day} or {@code month}
 * @param from where the first window begins, inclusive
 * @param to where the last window ends, exclusive
 * @param data windows in which something was used, in the order of time
 */
record UsageView(String accountId, String meterId, String window, Instant from, Instant to, List<Entry> data) {

    /**
     * One window, for one combination of the dimensions that were asked for.
     *
     * @param dimensions those that were asked for and that the usage had
     * @param events how many there were
     * @param value their sum, count, last or largest, or how many different texts, as the meter aggregates; a decimal numeral
     */
    record Entry(Instant start, SortedMap<String, String> dimensions, long events, String value) {}
}
