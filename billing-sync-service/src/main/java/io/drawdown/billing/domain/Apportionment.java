package io.drawdown.billing.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spreads whole minor units over weights so that not one is lost or made up.
 *
 * <p>Each share is rounded down; what is left goes, a unit each, to the shares that lost most by that, the first of equals
 * first.
 */
public final class Apportionment {

    private Apportionment() {}

    /**
     * The share of each weight.
     *
     * @param amount not negative
     * @param weights not negative; where all are zero nothing is spread
     * @return as many shares as weights; they sum to the amount unless all weights are zero
     */
    public static List<Long> of(long amount, List<Long> weights) {
        if (amount < 0 || weights.stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException(
                    "Cannot spread " + amount + " over " + weights + "; give nothing negative.");
        }
        var total = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        return total.signum() == 0 ? weights.stream().map(_ -> 0L).toList() : spread(amount, weights, total);
    }

    private static List<Long> spread(long amount, List<Long> weights, BigInteger total) {
        var divisions = weights.stream()
                .map(weight -> BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(weight))
                        .divideAndRemainder(total))
                .toList();
        var shares = new ArrayList<>(
                divisions.stream().map(parts -> parts[0].longValueExact()).toList());
        var left = amount - shares.stream().mapToLong(Long::longValue).sum();
        IntStream.range(0, shares.size())
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> divisions.get(index)[1])
                        .reversed())
                .limit(left)
                .forEach(index -> shares.set(index, shares.get(index) + 1));
        return List.copyOf(shares);
    }
}
