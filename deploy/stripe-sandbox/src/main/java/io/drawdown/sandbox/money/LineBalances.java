package io.drawdown.sandbox.money;

import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/**
 * What is left of each line of an invoice while discounts and credits are taken off, in the minor unit. A line that has
 * something left never falls below zero; one that began below zero is left alone.
 */
public final class LineBalances {

    private final long[] left;

    public LineBalances(long... amounts) {
        left = amounts.clone();
    }

    /** Takes one reduction off all eligible lines together; returns each line's part, which sum to the whole. */
    public long[] take(Reduction reduction, IntPredicate eligible) {
        var weights = new long[left.length];
        for (int i = 0; i < left.length; i++) {
            weights[i] = eligible.test(i) ? Math.max(0, left[i]) : 0;
        }
        var parts = Shares.of(reduction.of(LongStream.of(weights).reduce(0, Math::addExact)), weights);
        for (int i = 0; i < left.length; i++) {
            left[i] -= parts[i];
        }
        return parts;
    }

    /** Takes at most an amount off one line; returns what it took. */
    public long take(long atMost, int line) {
        long taken = Math.max(0, Math.min(atMost, left[line]));
        left[line] -= taken;
        return taken;
    }

    public long left(int line) {
        return left[line];
    }

    public long sum() {
        return LongStream.of(left).reduce(0, Math::addExact);
    }
}
