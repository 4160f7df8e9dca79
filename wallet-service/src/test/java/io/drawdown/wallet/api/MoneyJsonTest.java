package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.Money;
import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyJsonTest {

    /** The usual decimals at least, and all others there are; none that say nothing. */
    @ParameterizedTest
    @CsvSource({
        "JPY, 50, 50",
        "JPY, 50.00, 50",
        "JPY, -0.137, -0.137",
        "KWD, 1.5, 1.500",
        "KWD, 1.00050, 1.0005",
        "KWD, 0, 0.000",
        "EUR, 1, 1.00",
        "EUR, 0.00015, 0.00015"
    })
    void writesAnAmountAsItsCurrencyIsWritten(String code, String amount, String written) {
        var currency = Currency.getInstance(code);
        var json = MoneyJson.of(Money.of(amount, currency));
        assertThat(json).isEqualTo(new MoneyJson(written, code));
        assertThat(AmountJson.of(json.amount()).in(currency)).isEqualTo(Money.of(amount, currency));
    }
}
