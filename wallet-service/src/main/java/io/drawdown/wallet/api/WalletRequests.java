package io.drawdown.wallet.api;

import static java.util.Objects.requireNonNull;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.api.Requests.GrantJson;
import io.drawdown.wallet.api.Requests.LimitJson;
import io.drawdown.wallet.api.Requests.OpenWalletJson;
import io.drawdown.wallet.api.Requests.PolicyJson;
import io.drawdown.wallet.api.Requests.SettlementJson;
import io.drawdown.wallet.api.Requests.StatusJson;
import io.drawdown.wallet.api.Requests.TopUpJson;
import io.drawdown.wallet.api.Requests.VoidJson;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Recurrence;
import io.drawdown.wallet.domain.ReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.AddWallet;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Runs requests that change a wallet. The ledger's transaction is the outer one: events and the remembered answer are
 * stored together, and a conflict runs both again.
 */
@Component
class WalletRequests {

    private static final int USUAL_PRIORITY = 50;
    private static final int USUAL_FAILURES = 5;

    private final IdempotentRequests requests;
    private final Ledger ledger;
    private final Wallets wallets;
    private final WalletHistory history;
    private final OpeningZones zones;
    private final Clock clock;

    WalletRequests(
            IdempotentRequests requests,
            Ledger ledger,
            Wallets wallets,
            WalletHistory history,
            OpeningZones zones,
            Clock clock) {
        this.requests = requests;
        this.ledger = ledger;
        this.wallets = wallets;
        this.history = history;
        this.zones = zones;
        this.clock = clock;
    }

    WalletJson open(OpenWalletJson request, @Nullable String key, @Nullable String traceparent) {
        var zone = request.name() == null ? zones.of(request) : null;
        return ledger.inTurn(
                new AccountId(request.accountId()),
                traceparent,
                () -> requests.execute("open-wallet", key, request, WalletJson.class, () -> open(request, zone)));
    }

    /** @param zone of a main wallet; a further one has that of its main one */
    private WalletJson open(OpenWalletJson request, @Nullable Zone zone) {
        var now = now();
        var account = new AccountId(request.accountId());
        var currency = Currencies.of(request.currency());
        var wallet = zone == null
                ? openFurther(request, account, currency, now)
                : wallets.open(new OpenWallet(WalletId.of(account), account, currency, zone, now));
        if (request.meterIds() != null) {
            request.meterIds().forEach(meterId -> wallets.route(meterId, wallet.id(), now));
        }
        var policy = request.replenishment();
        return WalletJson.of(
                policy == null
                        ? wallets.get(wallet.id())
                        : begin(wallet.id(), policy(policy, currency, null, now), now),
                now);
    }

    private WalletState openFurther(OpenWalletJson request, AccountId account, Currency currency, Instant now) {
        var main = wallets.get(WalletId.of(account));
        OpeningZones.requireSame(request, main.zone());
        var id = WalletId.of(account, requireNonNull(request.name()));
        var further = wallets.open(new OpenWallet(id, account, currency, main.zone(), now));
        wallets.execute(new AddWallet(main.id(), further.id(), now));
        return further;
    }

    WalletJson route(WalletId id, String meterId, @Nullable String traceparent) {
        return ledger.inTurn(id.account(), traceparent, () -> {
            var now = now();
            wallets.route(meterId, id, now);
            return WalletJson.of(wallets.get(id), now);
        });
    }

    WalletJson change(WalletId id, PolicyJson policy, @Nullable String traceparent) {
        return ledger.inTurn(id.account(), traceparent, () -> {
            var now = now();
            var wallet = wallets.get(id);
            var changed = wallets.execute(new ChangeReplenishmentPolicy(id, policy(policy, wallet, now), now));
            return WalletJson.of(changed, now);
        });
    }

    private WalletState begin(WalletId id, ReplenishmentPolicy policy, Instant now) {
        return wallets.execute(new ChangeReplenishmentPolicy(id, policy, true, now));
    }

    WalletJson topUp(WalletId id, TopUpJson request, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute("top-up " + id, key, request, WalletJson.class, () -> {
                    var now = now();
                    var amount = request.amount().in(wallets.get(id).currency());
                    return WalletJson.of(wallets.execute(new RequestTopUp(id, amount, now)), now);
                }));
    }

    WalletJson limit(WalletId id, LimitJson request, @Nullable String traceparent) {
        return ledger.inTurn(id.account(), traceparent, () -> {
            var now = now();
            var limit = request.limit().in(wallets.get(id).currency());
            if (limit.isNegative()) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "negative-limit",
                        "An overdraft limit is zero or more, not " + limit);
            }
            return WalletJson.of(wallets.execute(new ChangeOverdraftLimit(id, limit, now)), now);
        });
    }

    WalletJson setStatus(WalletId id, StatusJson request, @Nullable String traceparent) {
        var status = WalletStatus.valueOf(request.status().toUpperCase(Locale.ROOT));
        var forfeit = "forfeit".equals(request.credit());
        return ledger.inTurn(id.account(), traceparent, () -> {
            var now = now();
            return WalletJson.of(wallets.execute(new ChangeStatus(id, status, forfeit, request.reason(), now)), now);
        });
    }

    WalletJson settle(WalletId id, String meterId, SettlementJson request, @Nullable String traceparent) {
        var mode = SettlementNames.mode(request.mode());
        return ledger.inTurn(id.account(), traceparent, () -> {
            var now = now();
            requirePayer(id, meterId);
            return WalletJson.of(wallets.execute(new ChangeSettlement(id, meterId, mode, now)), now);
        });
    }

    /** Elsewhere it would say nothing. */
    private void requirePayer(WalletId id, String meterId) {
        var payer = wallets.get(id.main()).payerOf(meterId);
        if (!payer.equals(id)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "another-wallet-pays",
                    "Wallet " + payer + " pays for meter " + meterId + "; say it of that one");
        }
    }

    WalletJson grant(WalletId id, GrantJson grant, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute("give-credit " + id, key, grant, WalletJson.class, () -> give(id, grant, key)));
    }

    private WalletJson give(WalletId id, GrantJson grant, @Nullable String key) {
        var now = now();
        var wallet = wallets.get(id);
        var command = command(wallet, grant, grantId(id, key), now);
        if (wallet.grantIds().contains(command.grantId())
                && history.granted(id, command.grantId()).filter(command::gives).isEmpty()) {
            throw IdempotentRequests.reused(key);
        }
        return WalletJson.of(wallets.execute(command), now);
    }

    private static GiveCredit command(WalletState wallet, GrantJson grant, GrantId grantId, Instant now) {
        var priority = grant.priority() == null ? USUAL_PRIORITY : grant.priority();
        return new GiveCredit(
                wallet.id(),
                grantId,
                grant.amount().in(wallet.currency()),
                priority,
                grant.effectiveAt(),
                grant.expiresAt(),
                grant.meterIds() == null ? List.of() : grant.meterIds(),
                grant.rollover() == null ? null : grant.rollover().in(wallet.currency()),
                grant.reason(),
                now);
    }

    WalletJson voidGrant(
            WalletId id, GrantId grantId, VoidJson request, @Nullable String key, @Nullable String traceparent) {
        return ledger.inTurn(
                id.account(),
                traceparent,
                () -> requests.execute("void-grant " + id + " " + grantId, key, request, WalletJson.class, () -> {
                    var now = now();
                    return WalletJson.of(wallets.execute(new VoidGrant(id, grantId, request.reason(), now)), now);
                }));
    }

    /** From the caller's key: a repeat grants once, and nothing else, even when the key has long been forgotten elsewhere. */
    private static GrantId grantId(WalletId id, @Nullable String key) {
        var cause = (id + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return new GrantId("grt_" + UUID.nameUUIDFromBytes(cause));
    }

    private static ReplenishmentPolicy policy(PolicyJson policy, WalletState wallet, Instant now) {
        return policy(policy, wallet.currency(), wallet.replenishment().policy().recurrence(), now);
    }

    private static ReplenishmentPolicy policy(
            PolicyJson policy, Currency currency, @Nullable Recurrence before, Instant now) {
        var threshold = policy.threshold().in(currency);
        var amount =
                policy.amount() == null ? Money.zero(currency) : policy.amount().in(currency);
        var target = policy.target() == null ? null : policy.target().in(currency);
        var cap = policy.monthlyCap() == null ? null : policy.monthlyCap().in(currency);
        var gap = Duration.ofSeconds(policy.minimumGapSeconds() == null ? 0 : policy.minimumGapSeconds());
        var disableAfter = policy.disableAfter() == null ? USUAL_FAILURES : policy.disableAfter();
        try {
            var recurrence =
                    policy.recurrence() == null ? null : policy.recurrence().in(currency, before, now);
            return new ReplenishmentPolicy(
                    policy.enabled(), threshold, amount, target, cap, gap, disableAfter, recurrence);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "empty-replenishment", String.valueOf(e.getMessage()), e);
        }
    }

    private Instant now() {
        return Wallets.instantOf(clock);
    }
}
