package io.drawdown.wallet.api;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.security.ApiKeyAuthentication;
import io.drawdown.wallet.api.HoldRequests.PlaceJson;
import io.drawdown.wire.EventHeaders;
import jakarta.validation.Valid;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Holds for callers that know the account and not which of its wallets pays; the answer says where to capture it. */
@RestController
@RequestMapping("/v1/holds")
class AccountHoldController {

    private final HoldRequests requests;

    AccountHoldController(HoldRequests requests) {
        this.requests = requests;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    HoldJson place(
            @RequestParam String accountId,
            @Valid @RequestBody PlaceJson request,
            @Nullable Principal caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        var account = Ids.walletOf(accountId).account();
        ApiKeyAuthentication.requireAccount(caller, account.value());
        return Refusals.asProblems(() -> requests.place(account, request, key, traceparent));
    }
}
