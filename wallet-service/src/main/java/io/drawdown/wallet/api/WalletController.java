package io.drawdown.wallet.api;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.wallet.api.Requests.GrantJson;
import io.drawdown.wallet.api.Requests.LimitJson;
import io.drawdown.wallet.api.Requests.OpenWalletJson;
import io.drawdown.wallet.api.Requests.PolicyJson;
import io.drawdown.wallet.api.Requests.SettlementJson;
import io.drawdown.wallet.api.Requests.StatusJson;
import io.drawdown.wallet.api.Requests.TopUpJson;
import io.drawdown.wallet.api.Requests.VoidJson;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wire.EventHeaders;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opens, shows and changes wallets. */
@RestController
@RequestMapping("/v1/wallets")
class WalletController {

    private final WalletRequests requests;
    private final Wallets wallets;
    private final Clock clock;

    WalletController(WalletRequests requests, Wallets wallets, Clock clock) {
        this.requests = requests;
        this.wallets = wallets;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<WalletJson> open(
            @Valid @RequestBody OpenWalletJson request,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        var wallet = Refusals.asProblems(() -> requests.open(request, key, traceparent));
        return ResponseEntity.created(URI.create("/v1/wallets/" + wallet.walletId()))
                .body(wallet);
    }

    @GetMapping("/{id}")
    WalletJson show(@PathVariable String id) {
        return Refusals.asProblems(() -> WalletJson.of(wallets.get(Ids.wallet(id)), Wallets.instantOf(clock)));
    }

    /** The account's wallets, the main one first; none when it has none. */
    @GetMapping
    WalletList ofAccount(@RequestParam String accountId) {
        var found = wallets.ofAccount(Ids.walletOf(accountId).account());
        return new WalletList(found.stream()
                .map(id -> WalletJson.of(wallets.get(id), Wallets.instantOf(clock)))
                .toList());
    }

    /** Lets the wallet pay for usage of the meter from now on, in place of another of the same account. */
    @PutMapping("/{id}/meters/{meterId}")
    WalletJson route(
            @PathVariable String id,
            @PathVariable @Size(max = Requests.LONGEST_METER_ID) String meterId,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.route(Ids.wallet(id), meterId, traceparent));
    }

    /** Sets how the wallet tops itself up. Where it has less than the threshold, a top-up is asked for at once. */
    @PutMapping("/{id}/replenishment")
    WalletJson replenish(
            @PathVariable String id,
            @Valid @RequestBody PolicyJson policy,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.change(Ids.wallet(id), policy, traceparent));
    }

    /** Asks for a top-up now; the credit comes when it is paid. */
    @PostMapping("/{id}/top-ups")
    ResponseEntity<WalletJson> topUp(
            @PathVariable String id,
            @Valid @RequestBody TopUpJson request,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return ResponseEntity.accepted()
                .body(Refusals.asProblems(() -> requests.topUp(Ids.wallet(id), request, key, traceparent)));
    }

    /** How far authorizations and holds may go beyond the credit there is. */
    @PutMapping("/{id}/overdraft-limit")
    WalletJson limit(
            @PathVariable String id,
            @Valid @RequestBody LimitJson request,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.limit(Ids.wallet(id), request, traceparent));
    }

    /** Pauses it, closes it, or opens it again. */
    @PutMapping("/{id}/status")
    WalletJson setStatus(
            @PathVariable String id,
            @Valid @RequestBody StatusJson request,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.setStatus(Ids.wallet(id), request, traceparent));
    }

    /** How usage of a meter is paid for from now on. */
    @PutMapping("/{id}/settlements/{meterId}")
    WalletJson settle(
            @PathVariable String id,
            @PathVariable @Size(max = Requests.LONGEST_METER_ID) String meterId,
            @Valid @RequestBody SettlementJson request,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(() -> requests.settle(Ids.wallet(id), meterId, request, traceparent));
    }

    @PostMapping("/{id}/grants")
    ResponseEntity<WalletJson> grant(
            @PathVariable String id,
            @Valid @RequestBody GrantJson grant,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        var wallet = Refusals.asProblems(() -> requests.grant(Ids.wallet(id), grant, key, traceparent));
        return ResponseEntity.status(HttpStatus.CREATED).body(wallet);
    }

    /** Takes back what is left of a grant. */
    @PostMapping("/{id}/grants/{grantId}/void")
    WalletJson voidGrant(
            @PathVariable String id,
            @PathVariable String grantId,
            @Valid @RequestBody VoidJson request,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = EventHeaders.TRACEPARENT, required = false) @Nullable String traceparent) {
        return Refusals.asProblems(
                () -> requests.voidGrant(Ids.wallet(id), Ids.grant(grantId), request, key, traceparent));
    }

    record WalletList(List<WalletJson> data) {}
}
