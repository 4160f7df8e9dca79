package io.drawdown.wallet.api;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.security.ApiKeyAuthentication;
import io.drawdown.wallet.api.HoldRequests.CaptureJson;
import io.drawdown.wallet.api.HoldRequests.PlaceJson;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wire.EventHeaders;
import jakarta.validation.Valid;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reserves credit for work whose cost is known only afterwards, spends what it cost, and gives the rest back. */
@RestController
@RequestMapping("/v1/wallets/{id}/holds")
class HoldController {

    private final HoldRequests requests;
    private final Wallets wallets;

    HoldController(HoldRequests requests, Wallets wallets) {
        this.requests = requests;
        this.wallets = wallets;
    }

    /** The open ones, oldest first. */
    @GetMapping
    HoldList list(@PathVariable String id) {
        var wallet = Refusals.asProblems(() -> wallets.get(Ids.wallet(id)));
        return new HoldList(wallet.holds().open().values().stream()
                .map(hold -> HoldJson.of(wallet.id(), hold))
                .toList());
    }

    @PostMapping
    ResponseEntity<HoldJson> place(
            @PathVariable String id,
            @Valid @RequestBody PlaceJson request,
            @Nullable Principal caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        var hold = Refusals.asProblems(() -> requests.place(own(id, caller), request, key, traceparent));
        return ResponseEntity.status(HttpStatus.CREATED).body(hold);
    }

    @PostMapping("/{holdId}/capture")
    WalletJson capture(
            @PathVariable String id,
            @PathVariable String holdId,
            @Valid @RequestBody CaptureJson request,
            @Nullable Principal caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(
                () -> requests.capture(own(id, caller), Ids.hold(holdId), request, key, traceparent));
    }

    @PostMapping("/{holdId}/release")
    WalletJson release(
            @PathVariable String id,
            @PathVariable String holdId,
            @Nullable Principal caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.release(own(id, caller), Ids.hold(holdId), key, traceparent));
    }

    private static WalletId own(String id, @Nullable Principal caller) {
        var wallet = Ids.wallet(id);
        ApiKeyAuthentication.requireAccount(caller, wallet.account().value());
        return wallet;
    }

    record HoldList(List<HoldJson> data) {}
}
