package io.drawdown.wallet.api;

import static java.util.Objects.requireNonNull;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Hold;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Runs requests about holds, each once per idempotency key. */
@Component
class HoldRequests {

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int LONGEST_TEXT = 200;

    private final IdempotentRequests requests;
    private final Ledger ledger;
    private final Wallets wallets;
    private final WalletHistory history;
    private final Clock clock;

    HoldRequests(IdempotentRequests requests, Ledger ledger, Wallets wallets, WalletHistory history, Clock clock) {
        this.requests = requests;
        this.ledger = ledger;
        this.wallets = wallets;
        this.history = history;
        this.clock = clock;
    }

    HoldJson place(WalletId id, PlaceJson request, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute(
                        "place-hold " + id,
                        key,
                        request,
                        HoldJson.class,
                        () -> place(id, request, holdId(id.account(), key), key)));
    }

    /** In the wallet of the account that pays for what it is for, also when that changes at this moment. */
    HoldJson place(AccountId account, PlaceJson request, @Nullable String key, @Nullable String traceparent) {
        var main = WalletId.of(account);
        return ledger.inTurn(
                account,
                traceparent,
                () -> requests.execute(
                        "place-hold-of " + account,
                        key,
                        request,
                        HoldJson.class,
                        () -> placeWherePaid(main, request, holdId(account, key), key)));
    }

    private HoldJson placeWherePaid(WalletId main, PlaceJson request, HoldId holdId, @Nullable String key) {
        var payer = wallets.get(main).payerOf(request.meterId);
        var after = execute(payer, request, holdId, key);
        if (request.meterId != null) {
            wallets.requirePays(after, Stream.of(request.meterId));
        }
        return HoldJson.of(payer, requireNonNull(after.holds().open().get(holdId)));
    }

    private HoldJson place(WalletId id, PlaceJson request, HoldId holdId, @Nullable String key) {
        return HoldJson.of(
                id,
                requireNonNull(execute(id, request, holdId, key).holds().open().get(holdId)));
    }

    private WalletState execute(WalletId id, PlaceJson request, HoldId holdId, @Nullable String key) {
        var now = Wallets.instantOf(clock);
        var wallet = wallets.get(id);
        var before = wallet.holds().open().get(holdId);
        if (before != null && before.expiresAt().isAfter(now)) {
            requireSame(repeated(wallet, request, before), before, key);
        }
        return wallets.execute(command(wallet, request, holdId, expiry(request, now), now));
    }

    private void requireSame(PlaceHold command, Hold placed, @Nullable String key) {
        if (history.placed(command.walletId(), placed).filter(command::places).isEmpty()) {
            throw IdempotentRequests.reused(key);
        }
    }

    /** The request for a hold that is there; whoever names no end means the one that it has. */
    private static PlaceHold repeated(WalletState wallet, PlaceJson request, Hold placed) {
        var end = request.expiresAt == null ? placed.expiresAt() : request.expiresAt;
        return command(wallet, request, placed.id(), end, placed.placedAt());
    }

    private static PlaceHold command(WalletState wallet, PlaceJson request, HoldId holdId, Instant end, Instant now) {
        var amount = request.amount.in(wallet.currency());
        return new PlaceHold(wallet.id(), holdId, amount, request.meterId, end, request.reason, now);
    }

    private static Instant expiry(PlaceJson request, Instant now) {
        var expiresAt = request.expiresAt == null ? now.plus(USUAL) : request.expiresAt;
        if (expiresAt.isAfter(now.plus(LONGEST))) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "hold-too-long",
                    "Nothing is held for more than " + LONGEST.toDays() + " days; capture or place it again before");
        }
        return expiresAt;
    }

    WalletJson capture(
            WalletId id, HoldId holdId, CaptureJson request, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute("capture-hold " + id + " " + holdId, key, request, WalletJson.class, () -> {
                    var now = Wallets.instantOf(clock);
                    var amount = request.amount.in(wallets.get(id).currency());
                    return WalletJson.of(
                            wallets.execute(new CaptureHold(
                                    id, holdId, amount, Boolean.TRUE.equals(request.keepRest), request.reason, now)),
                            now);
                }));
    }

    WalletJson release(WalletId id, HoldId holdId, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute("release-hold " + id + " " + holdId, key, "", WalletJson.class, () -> {
                    var now = Wallets.instantOf(clock);
                    return WalletJson.of(wallets.execute(new ReleaseHold(id, holdId, now)), now);
                }));
    }

    /** From the caller's key: a repeat places one hold, whether it is asked for by its wallet or by the account. */
    private static HoldId holdId(AccountId account, @Nullable String key) {
        var cause = (WalletId.of(account) + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return new HoldId("hld_" + UUID.nameUUIDFromBytes(cause));
    }

    /**
     * @param meterId what it is for: credit for this meter only is held first; absent for nothing in particular
     * @param expiresAt released by itself then; 15 minutes from now when absent, at most 31 days
     */
    record PlaceJson(
            @NotNull AmountJson amount,
            @Nullable @Size(min = 1, max = LONGEST_TEXT) String meterId,
            @Nullable @CivilInstant Instant expiresAt,
            @Nullable @Size(max = LONGEST_TEXT) String reason) {}

    /** @param keepRest whether what is not captured stays held; otherwise, and when absent, it is released */
    record CaptureJson(
            @NotNull AmountJson amount,
            @Nullable Boolean keepRest,
            @Nullable @Size(max = LONGEST_TEXT) String reason) {}
}
