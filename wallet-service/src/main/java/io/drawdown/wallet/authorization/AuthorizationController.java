package io.drawdown.wallet.authorization;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.security.ApiKeyAuthentication;
import io.drawdown.wallet.api.AmountJson;
import io.drawdown.wallet.api.Ids;
import io.drawdown.wallet.domain.Money;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes nothing and needs no idempotency key: a POST because what it asks belongs into no URL. */
@RestController
@RequestMapping("/v1/authorizations")
class AuthorizationController {

    private final Authorizations authorizations;

    AuthorizationController(Authorizations authorizations) {
        this.authorizations = authorizations;
    }

    @Operation(
            summary = "Says whether an account may spend an amount",
            description =
                    "Reserves nothing. Credit counts that has begun and not expired at the instant \"at\", and what has rolled over"
                            + " or come back from a hold by then, recorded or not; what another instance"
                            + " has written in the last drawdown.wallet.authorization.max-age (five seconds) may be missing:"
                            + " \"sequence\" is the last event that counts. Who must be sure places a hold.")
    @PostMapping
    Authorization authorize(@Valid @RequestBody Request request, @Nullable Principal caller) {
        var wallet = Ids.walletOf(request.accountId);
        ApiKeyAuthentication.requireAccount(caller, request.accountId);
        return authorizations.authorize(wallet, currency -> positive(request.amount, currency), request.meterId);
    }

    private static Money positive(AmountJson amount, Currency currency) {
        var money = amount.in(currency);
        if (!money.isPositive()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "empty-authorization", "Ask for a positive amount, not " + money);
        }
        return money;
    }

    /** @param meterId what it is to be spent on; absent for nothing in particular */
    record Request(
            @NotBlank String accountId,
            @NotNull AmountJson amount,
            @Nullable String meterId) {}
}
