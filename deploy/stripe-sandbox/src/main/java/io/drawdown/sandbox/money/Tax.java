package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One rate's tax on one line, in the minor unit.
 *
 * @param amount rounded half up, once for the line and rate
 * @param taxable the line without any tax
 */
public record Tax(Rate rate, long amount, long taxable) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * A tax rate.
     *
     * @param percent 7.7 for 7.7 %
     * @param inclusive whether the line's amount contains it already
     */
    public record Rate(String id, BigDecimal percent, boolean inclusive) {}

    /**
     * The taxes of a line, in the order of the rates. Inclusive ones are found together and then split, so that the taxable
     * amount and they sum to the line; exclusive ones come on top of the taxable amount.
     *
     * @param amount of the line, after what is taken off it; may be negative
     */
    public static List<Tax> of(long amount, List<Rate> rates) {
        var contained = rates.stream().filter(Rate::inclusive).toList();
        long sign = amount < 0 ? -1 : 1;
        long within = contained(Math.abs(amount), contained);
        var parts = Shares.of(within, contained.stream().mapToLong(Tax::weight).toArray());
        long taxable = amount - sign * within;
        var taxes = new ArrayList<Tax>();
        int next = 0;
        for (Rate rate : rates) {
            taxes.add(new Tax(rate, rate.inclusive() ? sign * parts[next++] : onTop(taxable, rate), taxable));
        }
        return taxes;
    }

    private static long contained(long amount, List<Rate> rates) {
        var percent = rates.stream().map(Rate::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .divide(HUNDRED.add(percent), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Rates have at most four decimal places. */
    private static long weight(Rate rate) {
        return rate.percent().movePointRight(4).longValueExact();
    }

    private static long onTop(long taxable, Rate rate) {
        return BigDecimal.valueOf(taxable)
                .multiply(rate.percent())
                .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
