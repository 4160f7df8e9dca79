package io.drawdown.wallet.authorization;

import io.drawdown.wallet.api.MoneyJson;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Answers whether accounts may spend. */
@Component
@EnableConfigurationProperties(AuthorizationProperties.class)
class Authorizations {

    private final Wallets wallets;
    private final AuthorizationProperties properties;
    private final Clock clock;
    private final SettledStates settled = new SettledStates();

    Authorizations(Wallets wallets, AuthorizationProperties properties, Clock clock) {
        this.wallets = wallets;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Whether the wallet that pays for the meter has {@code amount} to spend now, its overdraft limit included.
     *
     * @param id the account's main wallet
     * @param amount given the wallet's currency
     * @param meterId what it would be spent on; credit for other meters does not count
     */
    Authorization authorize(WalletId id, Function<Currency, Money> amount, @Nullable String meterId) {
        var now = clock.instant();
        return wallets.recent(id, properties.maxAge())
                .flatMap(main -> payer(main, meterId))
                .map(wallet ->
                        authorize(wallet, settled.by(wallet, now), amount.apply(wallet.currency()), meterId, now))
                .orElseGet(() -> new Authorization(false, "no-wallet", null, null, now));
    }

    private Optional<WalletState> payer(WalletState main, @Nullable String meterId) {
        var payer = main.payerOf(meterId);
        return payer.equals(main.id()) ? Optional.of(main) : wallets.recent(payer, properties.maxAge());
    }

    /** @param settled the same wallet with what has become due by now: it may be minutes until somebody records that */
    static Authorization authorize(
            WalletState wallet, WalletState settled, Money amount, @Nullable String meterId, Instant now) {
        var spendable = settled.spendableAt(now, meterId);
        var refusal = refusal(wallet, spendable, amount, meterId);
        return new Authorization(refusal == null, refusal, MoneyJson.of(spendable), wallet.version() - 1, now);
    }

    private static @Nullable String refusal(
            WalletState wallet, Money spendable, Money amount, @Nullable String meterId) {
        if (wallet.status() != WalletStatus.OPEN) {
            return wallet.status() == WalletStatus.PAUSED ? "wallet-paused" : "wallet-closed";
        }
        if (meterId != null && wallet.settlements().of(meterId) != Settlement.PREPAID) {
            return null; // Stripe bills what the wallet does not cover.
        }
        if (!spendable.currency().equals(amount.currency())) {
            return "wrong-currency";
        }
        return spendable.isLessThan(amount) ? "insufficient-credit" : null;
    }
}
