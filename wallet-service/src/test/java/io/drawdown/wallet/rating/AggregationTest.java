package io.drawdown.wallet.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.RunningTotal;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregationTest {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final Instant EARLIER = NOON.minusSeconds(1);

    @Test
    void aSumGrowsWhateverTheOrder() {
        assertThat(total(Aggregation.SUM, "5", NOON, "2.5", EARLIER)).isEqualTo(new RunningTotal(number("7.5"), NOON));
    }

    @Test
    void theLastValueIsTheOneThatOccurredLast() {
        assertThat(total(Aggregation.LAST, "5", EARLIER, "2", NOON)).isEqualTo(new RunningTotal(number("2"), NOON));
        assertThat(total(Aggregation.LAST, "5", NOON, "2", EARLIER)).isEqualTo(new RunningTotal(number("5"), NOON));
        assertThat(total(Aggregation.LAST, "5", NOON, "2", NOON)).isEqualTo(new RunningTotal(number("2"), NOON));
    }

    @Test
    void aSmallerValueDoesNotChangeTheLargest() {
        assertThat(total(Aggregation.MAX, "5", EARLIER, "2", NOON)).isEqualTo(new RunningTotal(number("5"), NOON));
        assertThat(total(Aggregation.MAX, "5", NOON, "9", EARLIER)).isEqualTo(new RunningTotal(number("9"), NOON));
    }

    private static RunningTotal total(Aggregation aggregation, String one, Instant at, String other, Instant then) {
        @Nullable RunningTotal first = aggregation.after(null, number(one), at);
        return aggregation.after(first, number(other), then);
    }

    private static BigDecimal number(String numeral) {
        return new BigDecimal(numeral);
    }
}
