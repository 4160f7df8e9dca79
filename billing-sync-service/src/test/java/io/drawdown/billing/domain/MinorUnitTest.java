package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinorUnitTest {

    @ParameterizedTest
    @CsvSource({
        "4500, usd, 45.00",
        "1, USD, 0.01",
        "-250, eur, -2.50",
        "500, jpy, 500",
        "500, MGA, 500",
        "5120, kwd, 5.120",
        "500, isk, 5.00",
        "500, ugx, 5.00",
        "9223372036854775807, usd, 92233720368547758.07"
    })
    void turnsStripesIntegerIntoTheMajorUnit(long minor, String currency, String major) {
        assertThat(MinorUnit.toMajor(minor, currency).numeral()).isEqualTo(major);
    }

    @ParameterizedTest
    @CsvSource({"0.05, usd, 0.0005", "1, usd, 0.01", "100.000000000001, usd, 1.00000000000001", "0.5, jpy, 0.5"})
    void keepsEveryDecimalOfAFractionalUnitAmount(BigDecimal minor, String currency, String major) {
        assertThat(MinorUnit.toMajor(minor, currency).numeral()).isEqualTo(major);
    }

    @ParameterizedTest
    @CsvSource({
        "45.00, USD, 4500",
        "45, USD, 4500",
        "45.000, USD, 4500",
        "500, JPY, 500",
        "5.12, KWD, 5120",
        "5, ISK, 500",
        "5, UGX, 500"
    })
    void turnsAnAmountIntoWhatStripeCharges(BigDecimal major, String currency, long minor) {
        assertThat(MinorUnit.toMinor(new Money(major, currency))).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"45.005, USD", "500.5, JPY", "5.123, KWD", "5.50, ISK", "5.50, UGX", "0.01, UGX", "1e30, USD"})
    void refusesToRoundWhatCannotBeChargedExactly(BigDecimal major, String currency) {
        assertThatThrownBy(() -> MinorUnit.toMinor(new Money(major, currency))).isInstanceOf(InexactAmount.class);
    }

    @Test
    void comparesWorthWhateverTheScale() {
        assertThat(new Money(new BigDecimal("45"), "usd").equalsInWorth(new Money(new BigDecimal("45.00"), "USD")))
                .isTrue();
        assertThat(new Money(new BigDecimal("45"), "EUR").equalsInWorth(new Money(new BigDecimal("45"), "USD")))
                .isFalse();
    }
}
