package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Rates usage and draws it down, inside a ledger transaction. */
@Component
class Drawdowns {

    private final Catalogue catalogue;
    private final Wallets wallets;
    private final Clock clock;

    Drawdowns(Catalogue catalogue, Wallets wallets, Clock clock) {
        this.catalogue = catalogue;
        this.wallets = wallets;
        this.clock = clock;
    }

    /**
     * Draws down all of {@code usage} that can be, in the order given: one event per wallet, more only for very
     * many lines.
     *
     * @return what could not be drawn down, and why
     */
    List<ParkedUsage> drawDown(List<Usage> usage) {
        var parked = new ArrayList<ParkedUsage>();
        var now = Wallets.instantOf(clock);
        var batches = rate(usage, parked);
        var existing = wallets.existing(batches.keySet());
        batches.forEach((walletId, lines) -> {
            if (existing.contains(walletId)) {
                drawDown(new WalletId(walletId), lines, now, parked);
            } else {
                lines.forEach(line -> parked.add(noWallet(line.usage)));
            }
        });
        return parked;
    }

    /** By wallet id, sorted: transactions that meet take the wallets' locks in one order and cannot deadlock. */
    private Map<String, List<RatedUsage>> rate(List<Usage> usage, List<ParkedUsage> parked) {
        var prices = catalogue.prices();
        var batches = new TreeMap<String, List<RatedUsage>>();
        for (var used : usage) {
            switch (prices.rate(used.meterId(), used.quantity(), used.occurredAt())) {
                case Rated rated ->
                    batches.computeIfAbsent(walletOf(used.accountId()), _ -> new ArrayList<>())
                            .add(new RatedUsage(used, line(used, rated)));
                case NotRated(var reason, var detail) -> parked.add(new ParkedUsage(used, reason(reason), detail));
            }
        }
        return batches;
    }

    private void drawDown(WalletId walletId, List<RatedUsage> batch, Instant now, List<ParkedUsage> parked) {
        wallets.update(walletId, wallet -> {
            var lines = new ArrayList<UsageLine>(batch.size());
            for (var rated : batch) {
                if (fits(wallet, rated.line.amount())) {
                    lines.add(rated.line);
                } else {
                    parked.add(mismatch(rated, wallet));
                }
            }
            for (var part : Parts.of(lines)) {
                wallet.handle(new DrawDown(walletId, part, now));
            }
        });
    }

    private static boolean fits(Wallet wallet, Money amount) {
        return amount.currency().equals(wallet.state().currency());
    }

    private static String walletOf(AccountId account) {
        return WalletId.of(account).value();
    }

    private static UsageLine line(Usage used, Rated rated) {
        return new UsageLine(
                used.source(),
                used.id(),
                used.meterId(),
                rated.priceId(),
                used.quantity(),
                rated.amount(),
                used.occurredAt(),
                used.traceId());
    }

    private static Reason reason(NotRatedReason reason) {
        return switch (reason) {
            case NO_PRICE -> Reason.NO_PRICE;
            case UNSUPPORTED_SCHEME -> Reason.UNSUPPORTED_SCHEME;
        };
    }

    private static ParkedUsage noWallet(Usage usage) {
        return new ParkedUsage(
                usage, Reason.NO_WALLET, "Account " + usage.accountId() + " has no wallet; open one or pay for credit");
    }

    private static ParkedUsage mismatch(RatedUsage rated, Wallet wallet) {
        return new ParkedUsage(
                rated.usage,
                Reason.CURRENCY_MISMATCH,
                "Price " + rated.line.priceId() + " is in "
                        + rated.line.amount().currency() + ", the wallet in "
                        + wallet.state().currency() + "; map the meter to a price in the wallet's currency");
    }

    private record RatedUsage(Usage usage, UsageLine line) {}
}
