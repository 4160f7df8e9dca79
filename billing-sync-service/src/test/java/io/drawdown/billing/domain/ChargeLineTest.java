package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.domain.ChargeLine.CreditPrice;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChargeLineTest {

    static final CreditPrice DOLLAR = price("price_usd", "1.00", "USD");

    @Test
    void takesTheOnlyCreditPriceOfTheCurrencyWhenItDividesTheAmount() {
        var line = ChargeLine.choose(money("45.00", "USD"), List.of(DOLLAR, price("price_eur", "1.00", "EUR")));

        assertThat(line).isEqualTo(new ChargeLine("price_usd", 45));
    }

    @Test
    void takesTheBareAmountWhenThePriceDoesNotDivideIt() {
        assertThat(ChargeLine.choose(money("45.50", "USD"), List.of(DOLLAR))).isEqualTo(ChargeLine.BARE_AMOUNT);
    }

    @Test
    void takesTheBareAmountWhenTheCurrencyHasNoPriceOrMoreThanOne() {
        assertThat(ChargeLine.choose(money("45", "JPY"), List.of(DOLLAR))).isEqualTo(ChargeLine.BARE_AMOUNT);
        assertThat(ChargeLine.choose(money("45", "USD"), List.of(DOLLAR, price("price_2", "5", "USD"))))
                .isEqualTo(ChargeLine.BARE_AMOUNT);
    }

    @Test
    void dividesByAFractionOfTheMinorUnitExactly() {
        assertThat(ChargeLine.choose(money("1.00", "USD"), List.of(price("price_f", "0.0005", "USD"))))
                .isEqualTo(new ChargeLine("price_f", 2000));
    }

    @Test
    void neverDividesByAPriceOfNothing() {
        assertThat(ChargeLine.choose(money("1.00", "USD"), List.of(price("price_0", "0", "USD"))))
                .isEqualTo(ChargeLine.BARE_AMOUNT);
    }

    private static CreditPrice price(String id, String unitAmount, String currency) {
        return new CreditPrice(id, money(unitAmount, currency));
    }

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }
}
