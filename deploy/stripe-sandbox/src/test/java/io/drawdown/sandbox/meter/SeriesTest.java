package io.drawdown.sandbox.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.store.Store;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesTest {

    record Use(long second, BigDecimal value) {}

    /** The value of the events themselves, as the formulas are defined. */
    static BigDecimal expected(Formula formula, List<Use> uses, long from, long to) {
        var within = uses.stream()
                .filter(use -> use.second() >= from && use.second() < to)
                .sorted(Comparator.comparingLong(Use::second))
                .map(Use::value)
                .toList();
        return switch (formula) {
            case SUM -> within.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case COUNT -> BigDecimal.valueOf(within.size());
            case LAST -> within.isEmpty() ? BigDecimal.ZERO : within.getLast();
        };
    }

    @ParameterizedTest
    @EnumSource
    void holdsForAnyPeriodWhatTheEventsAmountTo(Formula formula) {
        var random = new Random(7);
        var series = new Series("mtr_1", formula, "cus_1");
        var other = new Series("mtr_1", formula, "cus_2");
        var store = new Store(MeterProcessing.kinds(), null);
        var uses = new ArrayList<Use>();
        for (int i = 0; i < 600; i++) {
            store.run(work -> {
                var rows = new UsageRows(work);
                if (random.nextInt(5) == 0 && !uses.isEmpty()) {
                    // Distinct values: cancelling takes out the right one of a second.
                    var cancelled = uses.remove(random.nextInt(uses.size()));
                    rows.subtract(series, cancelled.second(), cancelled.value());
                } else {
                    var use = new Use(random.nextLong(-400, 400), BigDecimal.valueOf(random.nextLong(), 12));
                    uses.add(use);
                    rows.add(series, use.second(), use.value());
                    rows.add(other, use.second(), BigDecimal.ONE);
                }
                rows.store();
                return "done";
            });
            long from = random.nextLong(-500, 500);
            long to = from + random.nextLong(0, 500);
            var value = store.run(work ->
                    formula.valueOf(List.copyOf(series.between(work, from, to).values())));
            assertThat(value).isEqualByComparingTo(expected(formula, uses, from, to));
        }
    }
}
