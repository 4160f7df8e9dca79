package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An amount in a request: a decimal string in the wallet's currency, {@code "45.00"}, or money with its currency named.
 *
 * @param currency null for the wallet's own
 */
public record AmountJson(@Nullable String amount, @Nullable String currency) {

    private static final int LONGEST_NUMERAL = 40;

    @JsonCreator(mode = Mode.PROPERTIES)
    public AmountJson {}

    @JsonCreator(mode = Mode.DELEGATING)
    public static AmountJson of(String amount) {
        return new AmountJson(amount, null);
    }

    /** @throws ProblemException 400 {@code invalid-amount} if it is no plain decimal numeral */
    public Money in(Currency walletCurrency) {
        return new Money(number(), currency == null ? walletCurrency : Currencies.of(currency));
    }

    private BigDecimal number() {
        if (amount == null || amount.length() > LONGEST_NUMERAL || !amount.matches("-?\\d+(\\.\\d+)?")) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-amount",
                    "An amount is a decimal numeral in a string, such as \"45.00\", of at most " + LONGEST_NUMERAL
                            + " characters and without exponent");
        }
        return new BigDecimal(amount);
    }
}
