package io.drawdown.bench.measure;

/**
 * How delays are spread, in milliseconds.
 *
 * @param p50 half of them were no longer
 * @param p99 all but one in a hundred
 * @param p999 all but one in a thousand
 * @param counted how many there were
 * @param missing how many never came
 */
public record Quantiles(double p50, double p99, double p999, long counted, long missing) {

    private static final double MICROS = 1_000;

    static Quantiles of(int[] sortedMicros, long missing) {
        return new Quantiles(
                millis(sortedMicros, 0.50),
                millis(sortedMicros, 0.99),
                millis(sortedMicros, 0.999),
                sortedMicros.length,
                missing);
    }

    private static double millis(int[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        var place = (int) Math.min(sorted.length - 1L, Math.round(sorted.length * share));
        return Math.round(sorted[place] / MICROS * 100) / 100.0;
    }
}
