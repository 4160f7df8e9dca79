package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Transaction;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a customer has used, for whoever bills it.
 *
 * <p>Unlike summaries it does not lag: whatever was accepted counts, as it does at Stripe, where hours lie between the
 * end of a period and its invoice.
 */
public final class MeteredUsage {

    private MeteredUsage() {}

    /**
     * Exact, by the meter's formula; zero when there was none. A sum may be negative.
     *
     * @param meter id of a meter, active or not
     * @param customer its id
     * @param from seconds since the epoch, inclusive
     * @param to exclusive
     */
    public static BigDecimal of(Transaction tx, String meter, String customer, long from, long to) {
        MeterEventLog.processAll(tx);
        var formula = Formula.of(tx.require(Meters.TYPE, meter, "meter"));
        var tallies = new Series(meter, formula, customer).between(tx.work(), from, to);
        return formula.valueOf(List.copyOf(tallies.values()));
    }
}
