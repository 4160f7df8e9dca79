package io.drawdown.crm.money;

import io.drawdown.crm.domain.Money;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Money in a request or a response: {@code {"amount": "45.00", "currency": "USD"}}.
 *
 * @param amount decimal numeral in the major unit, not negative
 * @param currency ISO 4217 code in upper case
 */
public record MoneyJson(
        @NotNull
        @Pattern(
                regexp = "\\d{1,18}(\\.\\d{1,14})?",
                message = "must be a decimal numeral such as 45.00, not negative, without exponent")
        String amount,

        @NotNull @IsoCurrency String currency) {

    /** The exact amount. To be called only on what validation has let through. */
    public Money toMoney() {
        return new Money(new BigDecimal(amount), currency);
    }

    /** The JSON form of the amount, if there is one. */
    public static @Nullable MoneyJson of(@Nullable Money money) {
        return money == null ? null : new MoneyJson(money.numeral(), money.currency());
    }
}
