package io.drawdown.wallet.api;

import io.drawdown.support.problem.ProblemException;
import java.util.Currency;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Reads currency codes of requests. */
final class Currencies {

    private Currencies() {}

    /** @throws ProblemException 400 {@code unknown-currency} if it is no ISO 4217 code */
    static Currency of(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "unknown-currency",
                    "'" + code + "' is no currency; use an ISO 4217 code such as USD",
                    e);
        }
    }
}
