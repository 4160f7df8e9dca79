package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void multipliesWithoutRounding() {
        assertThat(usd("0.00015").times(new BigDecimal("3")).numeral()).isEqualTo("0.00045");
        assertThat(usd("0.000000000001").times(new BigDecimal("0.000000000001")).numeral())
                .isEqualTo("0.000000000000000000000001");
    }

    @Test
    void isEqualWhateverTheScale() {
        assertThat(usd("1.50")).isEqualTo(usd("1.5")).hasSameHashCodeAs(usd("1.5"));
    }

    @Test
    void writesNoExponent() {
        assertThat(new Money(new BigDecimal("1E+3"), USD).numeral()).isEqualTo("1000");
        assertThat(new Money(new BigDecimal("1E-9"), USD).numeral()).isEqualTo("0.000000001");
    }

    @Test
    void neverMixesCurrencies() {
        var euro = Money.of("1", Currency.getInstance("EUR"));
        assertThatThrownBy(() -> usd("1").plus(euro)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> usd("1").compareTo(euro)).isInstanceOf(CurrencyMismatchException.class);
        assertThat(usd("1")).isNotEqualTo(euro);
    }
}
