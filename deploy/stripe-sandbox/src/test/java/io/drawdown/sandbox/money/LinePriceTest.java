package io.drawdown.sandbox.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePriceTest {

    static final List<Tier> TIERS = List.of(tier("10", "100", "0"), tier("20", "50", "500"), tier(null, "10", "0"));

    static Tier tier(String upTo, String unit, String flat) {
        return new Tier(upTo == null ? null : new BigDecimal(upTo), new BigDecimal(unit), new BigDecimal(flat));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 1",
        "0.5, 3, 2",
        "0.4999999999, 1, 0",
        "0.05, 90, 5",
        "100, 45, 4500",
        "-0.5, 1, -1",
        "0.1, 0.4, 0"
    })
    void roundsOnceHalfUp(BigDecimal unit, BigDecimal quantity, long amount) {
        assertThat(new LinePrice.PerUnit(unit).amount(quantity, RoundingMode.HALF_UP))
                .isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 1000", "11, 1550", "20, 2000", "25, 2050", "10.5, 1525"})
    void pricesEachSliceAtItsOwnTierWhenGraduated(BigDecimal quantity, long amount) {
        assertThat(new LinePrice.Graduated(TIERS).amount(quantity, RoundingMode.HALF_UP))
                .isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 1000", "11, 1050", "20, 1500", "21, 210"})
    void pricesAllAtTheTierReachedWhenByVolume(BigDecimal quantity, long amount) {
        assertThat(new LinePrice.Volume(TIERS).amount(quantity, RoundingMode.HALF_UP))
                .isEqualTo(amount);
    }

    @Test
    void roundsPackagesBeforePricing() {
        var quantity = new BigDecimal("21");
        assertThat(new LinePrice.Packaged(BigDecimal.TEN, 10, RoundingMode.CEILING)
                        .amount(quantity, RoundingMode.HALF_UP))
                .isEqualTo(30);
        assertThat(new LinePrice.Packaged(BigDecimal.TEN, 10, RoundingMode.FLOOR)
                        .amount(quantity, RoundingMode.HALF_UP))
                .isEqualTo(20);
    }
}
