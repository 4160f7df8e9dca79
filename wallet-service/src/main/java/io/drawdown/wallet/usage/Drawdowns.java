package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.LeftUsage;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
        batches(usage, parked).forEach((walletId, batch) -> drawDown(new WalletId(walletId), batch, now, parked));
        return parked;
    }

    /** By the wallet that pays, sorted: transactions that meet take the wallets' locks in one order and cannot deadlock. */
    private Map<String, List<RatedUsage>> batches(List<Usage> usage, List<ParkedUsage> parked) {
        var prices = catalogue.prices();
        var mains = mains(usage);
        var batches = new TreeMap<String, List<RatedUsage>>();
        for (var used : usage) {
            var rated = new RatedUsage(used, prices.rate(used.meterId(), used.quantity(), used.occurredAt()));
            var main = mains.get(used.accountId());
            if (main == null) {
                parked.add(noWallet(rated));
            } else {
                var payer = main.payerOf(used.meterId()).value();
                batches.computeIfAbsent(payer, _ -> new ArrayList<>()).add(rated);
            }
        }
        return batches;
    }

    /** The main wallets of the accounts that have one: they know which wallet pays. */
    private Map<AccountId, WalletState> mains(List<Usage> usage) {
        var ids = new HashMap<AccountId, WalletId>();
        usage.forEach(used -> ids.computeIfAbsent(used.accountId(), WalletId::of));
        var existing =
                wallets.existing(ids.values().stream().map(WalletId::value).toList());
        var mains = new HashMap<AccountId, WalletState>();
        ids.forEach((account, id) -> {
            if (existing.contains(id.value())) {
                wallets.known(id).ifPresent(main -> mains.put(account, main));
            }
        });
        return mains;
    }

    private void drawDown(WalletId walletId, List<RatedUsage> batch, Instant now, List<ParkedUsage> parked) {
        // What is parked is guarded by no sequence: whether a meter settles in arrears must be the latest word.
        if (batch.stream().anyMatch(rated -> rated.rating instanceof NotRated)) {
            wallets.doubt(walletId);
        }
        wallets.update(walletId, wallet -> {
            wallets.requirePays(wallet.state(), batch.stream().map(rated -> rated.usage.meterId()));
            var sorted = Sorted.of(wallet.state(), batch, parked);
            for (var part : Parts.of(sorted.lines, Parts::characters)) {
                wallet.handle(new DrawDown(walletId, part, now));
            }
            for (var part : Parts.of(sorted.left, Parts::characters)) {
                wallet.handle(new LeaveToArrears(walletId, part, now));
            }
        });
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

    private static LeftUsage unrated(Usage used) {
        return new LeftUsage(
                used.source(), used.id(), used.meterId(), used.quantity(), used.occurredAt(), used.traceId());
    }

    private static Reason reason(NotRatedReason reason) {
        return switch (reason) {
            case NO_PRICE -> Reason.NO_PRICE;
            case UNSUPPORTED_SCHEME -> Reason.UNSUPPORTED_SCHEME;
        };
    }

    private static ParkedUsage noWallet(RatedUsage rated) {
        return rated.rating instanceof NotRated cause
                ? notRated(rated.usage, cause)
                : new ParkedUsage(
                        rated.usage,
                        Reason.NO_WALLET,
                        "Account " + rated.usage.accountId() + " has no wallet; open one or pay for credit");
    }

    private static ParkedUsage closed(Usage usage, WalletState wallet) {
        return new ParkedUsage(
                usage,
                Reason.WALLET_CLOSED,
                "Wallet " + wallet.id() + " is closed; its usage is drawn down when somebody opens it again");
    }

    private static ParkedUsage notRated(Usage usage, NotRated cause) {
        return new ParkedUsage(usage, reason(cause.reason()), cause.detail());
    }

    private static ParkedUsage mismatch(Usage usage, Rated rated, WalletState wallet) {
        return new ParkedUsage(
                usage,
                Reason.CURRENCY_MISMATCH,
                "Price " + rated.priceId() + " is in "
                        + rated.amount().currency() + ", the wallet in "
                        + wallet.currency() + "; map the meter to a price in the wallet's currency");
    }

    private record RatedUsage(Usage usage, Rating rating) {}

    /** A batch by what becomes of it: to be drawn down, or left to Stripe's meters whatever it would cost here. */
    private record Sorted(List<UsageLine> lines, List<LeftUsage> left) {

        static Sorted of(WalletState wallet, List<RatedUsage> batch, List<ParkedUsage> parked) {
            var sorted = new Sorted(new ArrayList<>(batch.size()), new ArrayList<>());
            for (var rated : batch) {
                if (wallet.status() == WalletStatus.CLOSED) {
                    parked.add(closed(rated.usage, wallet));
                } else if (wallet.settlements().of(rated.usage.meterId()) == Settlement.ARREARS) {
                    sorted.left.add(unrated(rated.usage));
                } else {
                    sorted.add(wallet, rated, parked);
                }
            }
            return sorted;
        }

        private void add(WalletState wallet, RatedUsage used, List<ParkedUsage> parked) {
            switch (used.rating) {
                case Rated rated
                when rated.amount().currency().equals(wallet.currency()) -> lines.add(line(used.usage, rated));
                case Rated rated -> parked.add(mismatch(used.usage, rated, wallet));
                case NotRated cause -> parked.add(notRated(used.usage, cause));
            }
        }
    }
}
