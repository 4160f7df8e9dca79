package io.drawdown.sandbox.money;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Splits an amount so that its parts sum to it exactly. */
public final class Shares {

    private Shares() {}

    /**
     * Parts in proportion to the weights, each less than one unit from its exact share. The units that are left over go to
     * the largest remainders, of equal ones to the first. Where the amount is at most the sum of the weights, no part exceeds
     * its weight.
     *
     * @param amount zero or more, in the minor unit
     * @param weights zero or more each; their sum is positive unless the amount is zero
     */
    public static long[] of(long amount, long[] weights) {
        var parts = new long[weights.length];
        if (amount == 0) {
            return parts;
        }
        var sum = BigInteger.valueOf(LongStream.of(weights).reduce(0, Math::addExact));
        var remainders = new BigInteger[weights.length];
        long open = amount;
        for (int i = 0; i < weights.length; i++) {
            var exact = BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(weights[i]))
                    .divideAndRemainder(sum);
            parts[i] = exact[0].longValueExact();
            remainders[i] = exact[1];
            open -= parts[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(open)
                .forEach(i -> parts[i]++);
        return parts;
    }
}
