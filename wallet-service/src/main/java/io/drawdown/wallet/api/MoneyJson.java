package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.Money;
import java.math.BigDecimal;

/** Money as every interface of Drawdown writes it: {@code {"amount":"45.00","currency":"USD"}}. */
public record MoneyJson(String amount, String currency) {

    /** With at least the currency's usual decimals, and all others that the amount has. */
    public static MoneyJson of(Money money) {
        var usual = Math.max(money.currency().getDefaultFractionDigits(), 0);
        var amount = stripped(money.amount());
        return new MoneyJson(
                (amount.scale() < usual ? amount.setScale(usual) : amount).toPlainString(),
                money.currency().getCurrencyCode());
    }

    private static BigDecimal stripped(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
