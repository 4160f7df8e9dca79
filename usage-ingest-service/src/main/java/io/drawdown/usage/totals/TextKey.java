package io.drawdown.usage.totals;

import java.time.Instant;
import java.util.SortedMap;

/**
 * What is counted together of a text.
 *
 * @param start of the hour, inclusive
 */
record TextKey(String accountId, String meterId, Instant start, String text, SortedMap<String, String> dimensions) {}
