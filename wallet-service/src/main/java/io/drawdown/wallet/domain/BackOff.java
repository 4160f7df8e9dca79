package io.drawdown.wallet.domain;

import java.time.Duration;

/**
 * How long is waited after failures, such as those of top-ups: the first wait, doubled after each further failure, up to a longest one.
 *
 * @param first wait after the first failure; positive
 * @param longest no wait is longer; at least {@code first}
 */
public record BackOff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    public BackOff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("A back-off from " + first + " to " + longest
                    + " is none; the first must be positive, the longest no shorter");
        }
    }

    /** @param failures failures in a row, this one included; from 1 */
    public Duration after(int failures) {
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
