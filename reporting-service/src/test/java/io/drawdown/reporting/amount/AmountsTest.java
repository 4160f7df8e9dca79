package io.drawdown.reporting.amount;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "12.5, USD, 12.50",
        "12.500000, USD, 12.50",
        "0.0100000000001, USD, 0.0100000000001",
        "0, USD, 0.00",
        "-3, EUR, -3.00",
        "1200, JPY, 1200",
        "1E+3, JPY, 1000",
        "1.5, KWD, 1.500",
        "1E-10, USD, 0.0000000001",
        "7, XQX, 7.00"
    })
    void haveAtLeastTheCurrencysDecimalsAndNoneIsLost(BigDecimal amount, String currency, String text) {
        assertThat(Amounts.text(amount, currency)).isEqualTo(text);
    }
}
